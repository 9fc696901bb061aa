"""Update: a repository brought to another version of its template by Copier, with what people changed kept.

The one door to Copier, which is needed for this alone: it renders the old version and the new one from the answers
that the repository keeps, and merges the difference.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.values import given
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError, PlatformGenError
from itdo_platform_gen.platform.git import changed_in, unmerged_in
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.node import Mapping, Scalar, mark_at
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Mapping as AnyMapping
    from pathlib import Path

    from itdo_platform_gen.syntax.node import Node

ANSWERS = ".copier-answers.yml"
_SOURCE, _VERSION = "_src_path", "_commit"


@dataclass(frozen=True, slots=True)
class Update:
    """What an update came to."""

    before: str
    after: str
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]
    """Files in which a person has to choose: both sides stand in them, between Git's marks."""


def update_repository(
    folder: Path, version: str | None = None, values: AnyMapping[str, object] | None = None
) -> Update:
    """Bring a repository to a version of its template, by default the latest; `values` answer what is new.

    Raises DiagnosticsError where it cannot be updated, and nothing is changed then; PlatformGenError where Copier is
    not installed.
    """
    file = folder / ANSWERS
    if not file.is_file():
        message = "this file is not there, so nobody knows what the repository was made from"
        hint = "name the top folder of a repository that was made from a blueprint"
        raise DiagnosticsError([Diagnostic("PLT012", message, shown(file), hint=hint)])
    node, before = _read(file)
    for name in (_SOURCE, _VERSION):
        if not before.get(name):
            message = f"{name} says nothing, so the template cannot be found"
            raise DiagnosticsError([_fault(node, name, message, _HINTS[name])])
    changed = changed_in(folder)
    if changed:
        message = f"{changed[0]} has changes that are not committed, among which those of the update would be lost"
        raise DiagnosticsError([Diagnostic("PLT012", message, shown(folder), hint="commit or stash them first")])
    _run(folder, node, version, values or {})
    _, after = _read(file)
    return Update(str(before[_VERSION]), str(after[_VERSION]), changed_in(folder), unmerged_in(folder))


_HINTS = {
    _SOURCE: "write the address of the git repository that the template is kept in",
    _VERSION: "write the tag or commit of the template that this repository was made from",
}


def _read(file: Path) -> tuple[Node, dict[str, object]]:
    documents = compose(read_text(file, shown(file)))
    if len(documents) != 1:
        raise DiagnosticsError([Diagnostic("PLT012", f"expected one document, found {len(documents)}", shown(file))])
    problems: list[Diagnostic] = []
    answers = given(documents[0].node, problems)
    if problems:
        raise DiagnosticsError(problems)
    return documents[0].node, answers.data


def _run(folder: Path, node: Node, version: str | None, values: AnyMapping[str, object]) -> None:
    try:
        from copier import run_update  # noqa: PLC0415  it need not be installed
        from copier.errors import CopierError  # noqa: PLC0415
    except ImportError:
        raise PlatformGenError("update needs Copier: pip install 'itdo-platform-gen[update]'") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are for authors of templates
            run_update(folder, dict(values), vcs_ref=version, defaults=True, overwrite=True, quiet=True)
    except (CopierError, OSError, ValueError) as error:
        raise DiagnosticsError([_told(node, str(error), version)]) from None


def _told(node: Node, said: str, version: str | None) -> Diagnostic:
    """Give what Copier says at the answer that it is about."""
    asked = re.search(r"[Qq]uestion ['\"](\w+)['\"]", said)
    if asked and "is required" in said:
        hint = f"the template asks for it: --set {asked[1]}=…"
        return Diagnostic("PLT012", f'there is no answer to "{asked[1]}"', node.mark.text.name, hint=hint)
    if version is not None and said == f"Unknown revision: {version!r}":
        return Diagnostic("PLT012", f'the template has no version "{version}"', hint="name a tag of its repository")
    message, name = _last_line(said), asked[1] if asked else _named(node, said)
    if asked:
        message = said.partition(": ")[2] or said
    elif said.startswith("Unknown revision"):
        message, name = "the template has no such version", _VERSION
    elif "git" in said or "template must be" in said:
        message, name = f"the template cannot be had: {message}", _SOURCE
    if name is None:
        return Diagnostic("PLT012", message, node.mark.text.name)
    return _fault(node, name, message, _HINTS.get(name, "correct the answer, and commit that"))


def _named(node: Node, said: str) -> str | None:
    """Give the answer whose value stands in what is said."""
    entries = node.entries if isinstance(node, Mapping) else []
    values = ((name.value, value.value) for name, value in entries if isinstance(value, Scalar) and value.value)
    return next((name for name, value in values if repr(value) in said), None)


def _last_line(said: str) -> str:
    """Give the line in which git says why."""
    return re.sub(r"^(Stderr:)?[\s|]*", "", said.strip().splitlines()[-1])


def _fault(node: Node, name: str, message: str, hint: str) -> Diagnostic:
    return mark_at(node, (name,)).diagnose("PLT012", message, hint=hint)
