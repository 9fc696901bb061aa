"""Reference: the page that says what a blueprint takes and makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.template import Constant, Text, Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.blueprint.blueprint import Blueprint, Manifest

_LONGEST_PATTERN = 60


def reference_page(blueprint: Blueprint, cases: list[str]) -> str:
    """Give the text of a blueprint's README.md; `cases` are the names of its cases."""
    return "\n".join(_lines(blueprint, cases))


def _lines(blueprint: Blueprint, cases: list[str]) -> Iterator[str]:
    yield "<!-- Derived by `platform-gen derive` from blueprint.yaml: change that, not this. -->"
    yield f"# {blueprint.title}"
    yield ""
    yield blueprint.description.strip()
    yield ""
    yield f"`{blueprint.name}` {blueprint.version}, kept by {blueprint.owner}."
    if blueprint.kubernetes:
        yield f"Made for Kubernetes {blueprint.kubernetes}."
    yield ""
    yield "## Use"
    yield ""
    yield from _use(blueprint)
    yield ""
    yield "## Parameters"
    yield ""
    yield "| parameter | type | default | description |"
    yield "|---|---|---|---|"
    for row in blueprint.parameters.rows():
        default = "required" if row.required and row.default is None else _code(row.default_text)
        yield f"| `{row.name}` | {_cell(row.type)} | {default} | {_cell(row.description)} |"
    if blueprint.derived:
        yield ""
        yield "Derived from them: " + ", ".join(f"`{name}`" for name, _ in blueprint.derived) + "."
    yield ""
    yield "## Files"
    yield ""
    yield from (f"- {line}" for line in sorted({*_manifests(blueprint), *_content(blueprint)}))
    if cases:
        yield ""
        yield "## Cases"
        yield ""
        yield "Values by example; each is a test: " + ", ".join(f"[{case}](cases/{case}.yaml)" for case in cases) + "."
    yield ""


def _use(blueprint: Blueprint) -> Iterator[str]:
    required = " ".join(f"--set {r.name}=…" for r in blueprint.parameters.rows() if r.required and "." not in r.name)
    if blueprint.manifests:
        yield f"    platform-gen preview {blueprint.name} {required}".rstrip()
    if blueprint.content:
        yield f"    platform-gen new {blueprint.name} DEST {required}".rstrip()
        yield "    copier copy REPOSITORY DEST"
        yield ""
        yield "or from Backstage, by `template.yaml`. Each of the three writes the same bytes."


def _manifests(blueprint: Blueprint) -> Iterator[str]:
    for manifest in blueprint.manifests:
        yield f"{_code(_path(manifest))}{', one for each turn' if manifest.head else ''}{_when(manifest)}"


def _path(manifest: Manifest) -> str:
    return _written(manifest.path)


def _written(path: Constant | Whole | Text) -> str:
    if isinstance(path, Constant):
        return str(path.data)
    if isinstance(path, Whole):
        return f"${{{{ {path.expression.source} }}}}"
    return "".join(part if isinstance(part, str) else _written(part) for part in path.parts)


def _when(manifest: Manifest) -> str:
    return f", if {_code(manifest.condition.expression.source)}" if manifest.condition else ""


def _content(blueprint: Blueprint) -> Iterator[str]:
    for file in blueprint.content:
        yield _code("/".join(part.text.content for part in file.path).removesuffix(".jinja"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _code(text: str) -> str:
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text.replace('|', chr(92) + '|')}{fence}"
