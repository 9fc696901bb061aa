"""Convert: the documents of a text, each proven to hold afterwards just the data that it should."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.foreign import instead_of, template_in
from itdo_platform_gen.convert.change import changed
from itdo_platform_gen.convert.edits import edited, edits_of
from itdo_platform_gen.convert.layout import CannotEditError
from itdo_platform_gen.convert.resources import resources_of
from itdo_platform_gen.convert.verdict import judge
from itdo_platform_gen.diagnostics import in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.node import mark_at
from itdo_platform_gen.syntax.scalar import resolve_as_kubernetes

if TYPE_CHECKING:
    from itdo_platform_gen.convert.change import Change
    from itdo_platform_gen.convert.edits import Edit
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node

_TEMPLATE = "K8S006"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of a text: the one it becomes, the resources converted in it, and what is to be said."""

    text: Text
    converted: tuple[str, ...]
    diagnostics: list[Diagnostic]
    is_readable: bool = True
    """Whether the text is YAML, and no template of another tool."""


def convert(text: Text, *, cluster_tasks_in: str | None = None) -> Conversion:
    """Bring Tekton's resources in a text from v1beta1 to v1; what cannot be converted stays as it is.

    `cluster_tasks_in` is the namespace of the Tasks that took the place of ClusterTasks.
    """
    try:
        roots = [document.node for document in compose(text)]
    except DiagnosticsError as error:
        return _unreadable(text, [instead_of(problem, text) for problem in error.diagnostics])
    templates = [found for root in roots if (found := template_in(root, text))]
    if templates:
        return _unreadable(text, templates[:1])
    problems: list[Diagnostic] = []
    plans = [_planned(text, root, cluster_tasks_in, problems) for root in roots]
    if not any(plan.edits for plan in plans):
        return Conversion(text, (), in_order(problems))
    for plan in _unproven(text, plans, plans):
        problems.append(_cannot(mark_at(plan.root, plan.changes[0].path)))
        plan.leave()
    content = _proven(text, plans) or text.content
    converted = tuple(name for plan in plans for name in plan.converted)
    return Conversion(Text(text.name, content), converted, in_order(problems))


def _unreadable(text: Text, problems: list[Diagnostic]) -> Conversion:
    hint = "convert what it renders, or change the template by hand as that shows"
    told = [replace(problem, hint=hint) if problem.code == _TEMPLATE else problem for problem in problems]
    return Conversion(text, (), told, is_readable=False)


@dataclass(slots=True, eq=False)
class _Plan:
    """What is to become of one document."""

    root: Node
    data: Any
    changes: list[Change] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    converted: list[str] = field(default_factory=list)

    def left(self) -> _Plan:
        return _Plan(self.root, self.data)

    def leave(self) -> None:
        self.changes, self.edits, self.converted = [], [], []


def _planned(text: Text, root: Node, cluster_tasks_in: str | None, problems: list[Diagnostic]) -> _Plan:
    faults: list[Diagnostic] = []
    plan = _Plan(root, _data(root, faults))
    resources = list(resources_of(plan.data, text.name, root))
    if faults:
        problems += faults if resources else []
        return plan
    for resource in resources:
        verdict = judge(resource, root, cluster_tasks_in)
        problems += verdict.diagnostics
        try:
            edits = edits_of(text, root, verdict.changes)
        except CannotEditError as error:
            problems.append(_cannot(error.mark))
            continue
        if edits:
            plan.changes += verdict.changes
            plan.edits += edits
            plan.converted.append(resource.shown)
    return plan


def _unproven(text: Text, plans: list[_Plan], suspects: list[_Plan]) -> list[_Plan]:
    """Find, by halves, the plans among the suspects that cannot be proven while the others are left."""
    if _proven(text, [plan if plan in suspects else plan.left() for plan in plans]) is not None:
        return []
    if len(suspects) == 1:
        return suspects
    half = len(suspects) // 2
    return [*_unproven(text, plans, suspects[:half]), *_unproven(text, plans, suspects[half:])]


def _proven(text: Text, plans: list[_Plan]) -> str | None:
    """Give the text with all edits made, None where it does not read as the changes make the data."""
    content = edited(text.content, [edit for plan in plans for edit in plan.edits])
    if content is None:
        return None
    try:
        found = [_data(document.node, []) for document in compose(Text(text.name, content))]
    except DiagnosticsError:
        return None
    return content if found == [changed(plan.data, plan.changes) for plan in plans] else None


def _data(root: Node, faults: list[Diagnostic]) -> Any:
    return to_data(root, faults, resolve=resolve_as_kubernetes, any_key=True)


def _cannot(mark: Mark) -> Diagnostic:
    message = (
        "cannot be converted without touching more than it should: an anchor, an alias or the layout is in the way"
    )
    return mark.diagnose("CNV002", message, hint="write it out in block style, without anchors, and convert it again")
