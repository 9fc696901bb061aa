"""The command `python -m itdo_platform_gen.schema.build [FOLDER]`: makes `schemas/*.tsv` and SOURCES.yaml anew.

It reads the installed PyPI package kubernetes-validate (group `schemas` of pyproject.toml) and fetches through npm
the packages that `upstream/packages.py`, `upstream/backstage.py` and `upstream/backstage_packages.py` pin, through Go
the modules that `upstream/tekton.py` does. What no package holds stands by hand in `upstream/kustomize.py`,
`upstream/corrections.py` and `upstream/tekton_parts.py`.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.schema.upstream import (
    backstage,
    backstage_config,
    backstage_packages,
    go_modules,
    kubernetes,
    kustomize,
    packages,
    tekton,
)
from itdo_platform_gen.schema.upstream.sources import Source, sources_text
from itdo_platform_gen.schema.upstream.table import table
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from itdo_platform_gen.schema.upstream.structure import Definitions


def kubernetes_part() -> tuple[str, Source]:
    """Make the table of all Kubernetes minors from the installed package."""
    folder = _kubernetes_validate()
    files = [kubernetes.source_file(folder, minor) for minor in kubernetes.MINORS]
    source = Source(
        file="kubernetes.tsv",
        package="PyPI kubernetes-validate",
        version=version("kubernetes-validate"),
        licence="Apache-2.0",
        digest=hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest(),
        taken="the strict definitions of each minor (package_sha256 is of these files, one after the other)",
    )
    return table({minor: kubernetes.definitions_of(folder, minor) for minor in kubernetes.MINORS}), source


def kustomize_part() -> tuple[str, Source]:
    """Make the table of kustomize's own kinds."""
    source = Source(
        file="kustomize.tsv",
        package="by hand, src/itdo_platform_gen/schema/upstream/kustomize.py",
        version=kustomize.VERSION,
        licence="Apache-2.0",
        digest="",
        taken="all",
    )
    return table({"*": (kustomize.DEFINITIONS, kustomize.KINDS)}), source


def package_part(package: packages.Package) -> tuple[str, Source]:
    """Make the table of one npm package, fetched through its registry."""
    known, _ = kubernetes.definitions_of(_kubernetes_validate(), kubernetes.MINORS[0])
    with tempfile.TemporaryDirectory() as folder:
        archive = packages.fetch(package, Path(folder))
    source = Source(
        file=package.file,
        package=f"npm {package.name}",
        version=package.version,
        licence=archive.licence,
        digest=archive.sha256,
        taken="the resources of " + ", ".join(package.api_versions),
    )
    return table({"*": packages.definitions_of(archive, package, known)}), source


def tekton_parts() -> list[tuple[str, Source]]:
    """Make the tables of Tekton Pipelines and Triggers, fetched through the proxy of Go's modules."""
    known, _ = kubernetes.definitions_of(_kubernetes_validate(), kubernetes.MINORS[0])
    pipeline, triggers = go_modules.fetch(tekton.PIPELINE), go_modules.fetch(tekton.TRIGGERS)
    return [
        _tekton_part("tekton.tsv", pipeline, tekton.pipeline_definitions(pipeline, known)),
        _tekton_part("triggers.tsv", triggers, tekton.trigger_definitions(triggers, pipeline, known)),
    ]


def _tekton_part(
    file: str, archive: go_modules.GoArchive, made: tuple[Definitions, dict[str, str]]
) -> tuple[str, Source]:
    source = Source(
        file=file,
        package=f"Go {archive.module.path}",
        version=archive.module.version,
        licence="Apache-2.0",
        digest=archive.sha256,
        taken="the kinds of " + ", ".join(sorted({kind.partition(" ")[0] for kind in made[1].values()})),
    )
    return table({"*": made}), source


def backstage_parts() -> list[tuple[str, Source]]:
    """Make the table of the catalog's kinds and the list of actions, from packages that npm installs for a moment."""
    with tempfile.TemporaryDirectory() as folder:
        installed = backstage.fetch(Path(folder))
    definitions, kinds = backstage.definitions_of(installed.told)
    parts = [
        ("backstage.tsv", table({"*": (definitions, kinds)}), backstage.CATALOG, "the kinds of the catalog"),
        (
            "actions.json",
            backstage.actions_text(installed.told),
            backstage.ACTIONS,
            "what actions take and give",
        ),
    ]
    return [
        (
            text,
            Source(
                file=file,
                package="npm " + ", ".join(pinned),
                version=", ".join(pinned.values()),
                licence=installed.licence(pinned),
                digest=installed.digest(pinned),
                taken=f"{taken} (package_sha256 is of those of the packages, one after the other)",
            ),
        )
        for file, text, pinned, taken in parts
    ]


def backstage_part() -> tuple[str, Source]:
    """Make the table of a portal's app-config, merged by the loader that Backstage does it with."""
    with tempfile.TemporaryDirectory() as folder:
        fetched = backstage_config.fetch(Path(folder))
        definitions = backstage_config.definitions_of(backstage_config.merged(fetched.modules))
    source = Source(
        file=backstage_config.FILE,
        package="npm, the packages of src/itdo_platform_gen/schema/upstream/backstage_packages.py",
        version=backstage_packages.RELEASE,
        licence=", ".join(sorted(fetched.licences)),
        digest=fetched.sha256,
        taken="what they declare of app-config.yaml (package_sha256 is of these declarations, one after the other)",
    )
    return table({"*": (definitions, {})}), source


def build(folder: Path) -> None:
    """Write every file of the folder anew."""
    single = [*map(package_part, packages.PACKAGES), kubernetes_part(), kustomize_part(), backstage_part()]
    parts = [*single, *backstage_parts(), *tekton_parts()]
    contents = {source.file: text for text, source in parts}
    contents["SOURCES.yaml"] = sources_text(contents, sorted((s for _, s in parts), key=lambda s: s.file))
    for stale in folder.glob("*.tsv"):
        stale.unlink()
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _kubernetes_validate() -> Path:
    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        message = "kubernetes-validate is not installed: pip install --group schemas"
        raise SystemExit(message)
    return Path(spec.origin).parent


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped("schemas"))
