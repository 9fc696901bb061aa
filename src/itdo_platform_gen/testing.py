"""Testing: the cases of a blueprint, rendered and held to be clean, for authors of blueprints and any test runner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import given
from itdo_platform_gen.diagnostics import Diagnostic, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from itdo_platform_gen.render.bundle import Bundle

__all__ = ["cases", "preview", "render_case"]


def cases(blueprint: str | Path) -> dict[str, Path]:
    """Give every case in a blueprint's folder: name to file of values, in order."""
    return {file.stem: file for file in sorted((Path(blueprint) / "cases").glob("*.yaml"))}


def render_case(blueprint: str | Path, case: str, *, kubernetes: str | None = None) -> Bundle:
    """Render a case of a blueprint's folder and hold it to be clean: no error and no warning.

    `kubernetes` is the minor version to check for, by default the latest the blueprint is made for.

    Raises AssertionError, whose text is what `platform-gen preview` would print.
    """
    found = cases(blueprint)
    if case not in found:
        raise AssertionError(f'no case "{case}" in {blueprint}; there is: {", ".join(found) or "none"}')
    try:
        bundle = _render(Path(blueprint), found[case], kubernetes)
    except DiagnosticsError as error:
        raise AssertionError(_report(case, error.diagnostics)) from None
    unclean = tuple(finding for finding in bundle.diagnostics if finding.severity != "notice")
    if unclean:
        raise AssertionError(_report(case, unclean))
    return bundle


def preview(bundle: Bundle) -> str:
    """Give a bundle as one YAML text, as `platform-gen preview` prints it: a form for snapshots that reads well."""
    return "".join(f"---\n# {path}\n{file.text}" for path, file in bundle.items())


def _render(folder: Path, case: Path, kubernetes: str | None) -> Bundle:
    problems: list[Diagnostic] = []
    documents = compose(read_text(case, shown(case)))
    if len(documents) > 1:
        problems.append(documents[1].node.mark.diagnose("VAL004", "a file of values holds one document"))
    sources = [given(document.node, problems) for document in documents[:1]]
    if problems:
        raise DiagnosticsError(in_order(problems))
    return render_blueprint(load_blueprint(folder), sources, kubernetes=kubernetes)


def _report(case: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    return "\n".join([f'case "{case}" is not clean:', *map(str, in_order(diagnostics))])
