"""Every blueprint of `blueprints/`, found by walking, with every case of its folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from itdo_platform_gen.blueprint.catalog import Catalog
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.testing import cases, preview, render_case
from podsecurity import pod_specs, restricted_faults

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from itdo_platform_gen.render.bundle import Bundle, File

SNAPSHOTS = Path(__file__).parent / "__snapshots__/test_blueprints"
BLUEPRINTS = Path(__file__).resolve().parents[2] / "blueprints"
FOLDERS = Catalog((BLUEPRINTS,)).all()
CASES = [(name, case) for name, folder in FOLDERS.items() for case in cases(folder)]

every_case = pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{case}" for name, case in CASES])
REVIEW = "the output is new or differs: read the diff, then `python -m pytest tests/snapshots --snapshot-update`"


class _Yaml(SingleFileSnapshotExtension):
    """A file for each case, as `platform-gen preview` prints it."""

    file_extension = "yaml"
    _write_mode = WriteMode.TEXT


class _Tree(_Yaml):
    """The same for a repository, which is more than YAML."""

    file_extension = "txt"


@pytest.mark.parametrize("name", FOLDERS)
def test_blueprint_has_cases(name: str) -> None:
    """A blueprint without a case would go untested."""
    assert cases(FOLDERS[name])


@every_case
def test_clean(name: str, case: str) -> None:
    """No findings, for the oldest and the newest Kubernetes that the blueprint is made for."""
    made_for = load_blueprint(FOLDERS[name]).kubernetes or "1.30..1.37"
    for kubernetes in made_for.split(".."):
        assert render_case(FOLDERS[name], case, kubernetes=kubernetes)


@every_case
def test_output(name: str, case: str, snapshot: SnapshotAssertion) -> None:
    """What a case renders is what somebody has read and found good; a new case is written, but not in CI."""
    bundle = render_case(FOLDERS[name], case)
    rendered = preview(bundle)
    form = _Yaml if all(file.documents for file in bundle.values()) else _Tree
    file = SNAPSHOTS / f"test_output[{name}-{case}].{form.file_extension}"
    if not file.exists() and os.environ.get("CI") != "true":
        file.write_text(rendered, "utf-8")
    assert rendered == snapshot.use_extension(form), REVIEW


@every_case
def test_pods_are_restricted(name: str, case: str) -> None:
    """Every pod meets the restricted pod security standard, which the cluster enforces."""
    documents = render_case(FOLDERS[name], case).documents
    faults = {d.resource: restricted_faults(pod) for d in documents for pod in pod_specs(d.data)}
    assert {resource: found for resource, found in faults.items() if found} == {}


def test_pods_without_any_security_are_not_restricted() -> None:
    """The test above finds pods, and what is wrong with them."""
    documents = render_case(FOLDERS["namespace-bundle"], "full").documents
    assert [document.name for document in documents if [*pod_specs(document.data)]] == [
        "orders-db",
        "sessions",
        "orders-api",
        "reports-api",
        "shop",
    ]
    assert restricted_faults({"containers": [{"name": "bare"}], "hostNetwork": True}) == [
        "hostNetwork",
        "bare: allowPrivilegeEscalation is not false",
        "bare: capabilities.drop lacks ALL",
        "bare: runAsNonRoot is not true",
        "bare: seccompProfile is unset or unconfined",
    ]


@every_case
def test_no_secrets(name: str, case: str) -> None:
    """What is rendered goes to git: it refers to Secrets, and holds none."""
    for document in render_case(FOLDERS[name], case).documents:
        assert document.kind != "Secret"
        for pod in pod_specs(document.data):
            variables = [v for c in [*pod["containers"], *pod.get("initContainers", [])] for v in c.get("env", [])]
            assert [v["name"] for v in variables if "value" in v and _sounds_secret(v["name"])] == []


def _sounds_secret(name: str) -> bool:
    parts = name.upper().split("_")
    # A variable such as POSTGRES_PASSWORD_FILE names the place of a secret.
    return not {"PASSWORD", "TOKEN", "SECRET", "APIKEY"}.isdisjoint(parts) and parts[-1] not in {"FILE", "PATH"}


@every_case
def test_kustomization_lists_the_files(name: str, case: str) -> None:
    """A kustomization lists every other file below it, each once, but for what has no name of its own."""
    bundle = render_case(FOLDERS[name], case)
    for path, file in bundle.items():
        if Path(path).name == "kustomization.yaml" and file.documents:
            folder = path.removesuffix("kustomization.yaml")
            below = [other for other in bundle if other.startswith(folder) and other != path]
            named = [other.removeprefix(folder) for other in below if _is_named(bundle[other])]
            assert sorted(_resources(bundle, path)) == sorted(named)


def _is_named(file: File) -> bool:
    return bool(file.documents) and all(document.name for document in file.documents)


def _resources(bundle: Bundle, path: str) -> list[str]:
    (kustomization,) = bundle[path].documents
    data: Any = kustomization.data
    resources: list[str] = data["resources"]
    return resources


def test_namespace_bundle_has_a_kustomization() -> None:
    """The test above does not pass for want of one."""
    folder = FOLDERS["namespace-bundle"]
    assert all("kustomization.yaml" in render_case(folder, case) for case in cases(folder))


def test_a_copied_folder_is_a_blueprint(tmp_path: Path) -> None:
    """A folder put beside the others appears, renders and is tested, with no other line changed."""
    original = FOLDERS["namespace-bundle"]
    copy = tmp_path / "another-bundle"
    shutil.copytree(original, copy)
    text = (copy / "blueprint.yaml").read_text("utf-8")
    renamed = text.replace("  name: namespace-bundle\n", "  name: another-bundle\n", 1)
    assert renamed != text
    (copy / "blueprint.yaml").write_text(renamed, "utf-8")

    catalog = Catalog.of([tmp_path])
    assert set(catalog.all()) == {*Catalog.of().all(), "another-bundle"}
    values = {"name": "alice", "owner": "alice@corp.example", "team": "orders"}
    assert render_blueprint(catalog.find("another-bundle"), values).files.keys()
    assert [*cases(copy)] == [*cases(original)]
    for case in cases(copy):
        assert preview(render_case(copy, case)) == preview(render_case(original, case))
