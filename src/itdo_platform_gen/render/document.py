"""Documents: rendered or read, with the origin of each of their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from itdo_platform_gen.blueprint.frame import Frame
from itdo_platform_gen.blueprint.origin import Trace
from itdo_platform_gen.syntax.node import dotted, mark_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from itdo_platform_gen.blueprint.template import Template
    from itdo_platform_gen.diagnostics import Diagnostic, Effect, Related, Severity
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node, Path


class Origins(Protocol):
    """Tells where the parts of a document come from."""

    def locate(self, path: Path, *, at_key: bool) -> tuple[Mark, tuple[Related, ...]]:
        """Give the mark of a part or its key, or of the nearest part around it, and the values it took in."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its data, which nobody may change, the file it is in, and where its parts come from."""

    data: object
    file: str
    origins: Origins
    comment: str = ""

    api_version: str = field(init=False, repr=False, compare=False)
    """The document's apiVersion, empty where it has none."""
    kind: str = field(init=False, repr=False, compare=False)
    """The document's kind, empty where it has none."""
    name: str = field(init=False, repr=False, compare=False)
    """The document's metadata.name, empty where it has none."""
    namespace: str = field(init=False, repr=False, compare=False)
    """The document's metadata.namespace, empty where it has none."""

    def __post_init__(self) -> None:
        """Read what every rule asks for once."""
        data = self.data if isinstance(self.data, dict) else {}
        metadata = data.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        read = object.__setattr__
        read(self, "api_version", _text(data, "apiVersion"))
        read(self, "kind", _text(data, "kind"))
        read(self, "name", _text(metadata, "name"))
        read(self, "namespace", _text(metadata, "namespace"))

    @property
    def resource(self) -> str | None:
        """The document as messages name it: `Deployment/orders`."""
        return "/".join(part for part in (self.kind, self.name) if part) or None

    def diagnose(  # noqa: PLR0913  a diagnostic has that many sides
        self,
        code: str,
        message: str,
        path: Path,
        *,
        hint: str | None = None,
        effect: Effect = "refused",
        severity: Severity = "error",
        at_key: bool = False,
    ) -> Diagnostic:
        """Make a diagnostic about a part of the document."""
        mark, related = self.origins.locate(path, at_key=at_key)
        return mark.diagnose(
            code,
            message,
            hint=hint,
            effect=effect,
            severity=severity,
            resource=self.resource,
            path=dotted(path) or None,
            related=related,
        )


def _text(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class NodeOrigins:
    """The origins of a document that was read from a file."""

    node: Node

    def locate(self, path: Path, *, at_key: bool) -> tuple[Mark, tuple[Related, ...]]:
        return mark_at(self.node, path, at_key=at_key), ()


@dataclass(slots=True)
class TemplateOrigins:
    """The origins of a rendered document, found by rendering it once more with a trace when somebody asks."""

    template: Template
    frame: Frame
    derived: Mapping[str, Template]
    """The templates of derived values, which lead on to the values given."""
    trace: Trace | None = field(default=None)

    def locate(self, path: Path, *, at_key: bool) -> tuple[Mark, tuple[Related, ...]]:
        if self.trace is None:
            self.trace = Trace()
            self.template.evaluate(self.frame.anew(), self.trace, ())
        if at_key and path in self.trace.keys:
            return self.trace.keys[path], ()
        origin = self.trace.origin_of(path)
        found = [related for read in origin.reads for related in self._sources(read)]
        given_first = sorted(dict.fromkeys(found), key=lambda related: related.message == _DERIVED)
        return origin.mark, tuple(given_first)

    def _sources(self, path: Path) -> Iterator[Related]:
        """Give the places where a value was given, by way of those where it was derived."""
        template = self.derived.get(str(path[0])) if path else None
        if template is None:
            mark = self.frame.values.mark_of(path)
            if mark is not None:
                yield mark.related("value from")
            return
        trace = Trace()
        template.evaluate(Frame.of(self.frame.values), trace, ())
        origin = trace.origin_of(path[1:])
        yield origin.mark.related(_DERIVED)
        for read in origin.reads:
            yield from self._sources(read)


_DERIVED = "derived at"
