"""Resource: a document of Tekton's, or one that a TriggerTemplate makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.diagnostics import Effect, Severity
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

PIPELINES = "tekton.dev"
TRIGGERS = "triggers.tekton.dev"
TRIGGER_KINDS = ("TriggerTemplate", "Trigger", "EventListener")
SPEC_KINDS = ("Task", "TaskRun", "Pipeline", "PipelineRun", *TRIGGER_KINDS)
"""The kinds that hold the spec of a Task or Pipeline, or of a resource that does."""
EVERY_KIND = (*SPEC_KINDS, "StepAction")

_GIVEN = re.compile(r"\$\(tt\.params\.[_a-zA-Z][_a-zA-Z0-9.-]*\)")
_STAND_IN = "given-by-the-trigger"


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of Tekton's at a path of a document, the root for the document itself."""

    document: Document
    path: Path
    data: dict[str, Any]
    is_made: bool = False
    """Whether a trigger makes it, so that the webhook sees it only then."""

    @property
    def kind(self) -> str:
        """Its kind."""
        return text(self.data, "kind")

    @property
    def version(self) -> str:
        """Its version without the group: `v1`."""
        return text(self.data, "apiVersion").rpartition("/")[2]

    @property
    def namespace(self) -> str:
        """Its namespace, for one that is made and says none that of what makes it."""
        return text(self.data, "metadata", "namespace") or self.document.namespace

    def find(  # noqa: PLR0913  a finding has that many sides
        self,
        path: Path,
        message: str,
        hint: str | None = None,
        effect: Effect | None = None,
        severity: Severity | None = None,
        *,
        at_key: bool = False,
    ) -> Finding:
        """Make a finding at a path of the resource; what is made later fails where it would be refused."""
        if self.is_made and effect in {None, "refused"} and severity is None:
            effect = "fails"
        return Finding(self.document, (*self.path, *path), message, hint, effect, severity, at_key)

    def knows(self, name: str) -> bool:
        """Tell whether a name is known before the run, without a variable in it."""
        return bool(name) and "$(" not in name and _STAND_IN not in name and "{{" not in name


def is_tekton(document: Document, *groups: str) -> bool:
    """Tell whether a document is of Tekton's groups, or of those told."""
    return group_of(document) in (groups or (PIPELINES, TRIGGERS))


def resources_of(document: Document) -> Iterator[Resource]:
    """Give the resource that a document of Tekton's is, or those that it makes when an event comes in."""
    if not isinstance(document.data, dict):
        return
    if is_tekton(document, PIPELINES):
        yield Resource(document, (), document.data)
    elif is_tekton(document, TRIGGERS):
        for path, template in templates_of(document):
            group = text(template, "apiVersion").rpartition("/")[0]
            if group == PIPELINES:
                yield Resource(document, path, _with_stand_ins(template), is_made=True)


def templates_of(document: Document) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the resource templates of a document of Triggers, with their paths."""
    for holder in template_specs(document):
        for index, template in mappings(document.data, *holder, "resourcetemplates"):
            yield (*holder, "resourcetemplates", index), template


def template_specs(document: Document) -> Iterator[Path]:
    """Give where the specs of TriggerTemplates stand, on their own or within a trigger."""
    if document.kind == "TriggerTemplate":
        yield ("spec",)
    for path in triggers_of(document):
        if isinstance(at(document.data, *path, "template", "spec"), dict):
            yield (*path, "template", "spec")


def triggers_of(document: Document) -> Iterator[Path]:
    """Give where a Trigger, or each one of an EventListener, stands."""
    if document.kind == "Trigger":
        yield ("spec",)
    elif document.kind == "EventListener":
        yield from (("spec", "triggers", index) for index, _ in mappings(document.data, "spec", "triggers"))


def _with_stand_ins(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _with_stand_ins(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_stand_ins(item) for item in data]
    return _GIVEN.sub(_STAND_IN, data) if isinstance(data, str) else data


def each_resource(look: Callable[[Resource], Iterator[Finding]]) -> Callable[[Document, World], Iterator[Finding]]:
    """Have a rule look at every resource of a document."""

    def find(document: Document, _: World) -> Iterator[Finding]:
        for resource in resources_of(document):
            yield from look(resource)

    return find


def spec_of(resource: Resource) -> dict[str, Any]:
    """Give the spec of a resource, an empty one where it has none."""
    return mapping(resource.data, "spec")
