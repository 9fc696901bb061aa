"""Parameters: the declared inputs of a blueprint, and the check that turns what was given into values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.form import property_schemas, resolve
from itdo_platform_gen.blueprint.scope import ANY, Shape
from itdo_platform_gen.blueprint.values import Given, Values, merged
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.schema.validator import Validator, check_schema
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.node import dotted, mark_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.blueprint.form import Resolved, Schema
    from itdo_platform_gen.diagnostics import Related
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node, Path


FORM_NAMES = frozenset({"repoUrl", "requestForge", "requestName"})
"""What the form of a template of Backstage asks for beside the parameters."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The pages of a form as one schema; `node` is `spec.parameters` as it was written."""

    schema: Schema
    node: Node
    pages: tuple[Path, ...]
    validator: Validator

    def shape(self) -> dict[str, Shape]:
        """Give the names and as much of the shapes as the schema tells."""
        return {name: _shape(schema) for name, schema in property_schemas(self.schema).items()}

    def values(self, sources: tuple[Given, ...], at: Mark | None, problems: list[Diagnostic]) -> Values:
        """Check what was given and fill in what was not; `at` is the place to blame for what is missing."""
        resolved = resolve(self.schema, merged(sources))
        defaults = {path: mark_at(self.node, self._pointer(place)) for path, place in resolved.defaults.items()}
        values = Values(resolved.data, sources, defaults)
        if resolved.unknown or resolved.missing or not self.validator.is_valid(resolved.data):
            self._explain(resolved, values, at, problems)
        return values

    def rows(self) -> list[Row]:
        """Describe every parameter, those inside objects and lists with dotted names."""
        return list(_rows(self.schema, ""))

    def _pointer(self, place: Path) -> Path:
        """Turn a place in the one schema into one in the pages."""
        if len(self.pages) == 1 and not self.pages[0]:
            return place
        return place[1:] if place and place[0] == "allOf" else place

    def _explain(self, resolved: Resolved, values: Values, at: Mark | None, problems: list[Diagnostic]) -> None:
        before = len(problems)
        for path, known in resolved.unknown:
            message = f'unknown value "{path[-1]}"'
            mark = values.mark_of(path, at_key=True) or at
            problems.append(_diagnose(mark, "VAL001", message, suggest(str(path[-1]), known), path))
        for path in resolved.missing:
            holder = values.mark_of(path[:-1]) if path[:-1] else None
            title = self._described(path)
            problems.append(_diagnose(holder or at, "VAL002", f'missing value "{path[-1]}"', title, path))
        wrong = Validator(resolved.schema).explain(resolved.data)
        if not wrong and len(problems) == before:
            wrong = self.validator.explain(resolved.data)
        for violation in wrong:
            mark = values.mark_of(violation.path, at_key=violation.at_key) or at
            hint = violation.hint_where(mark.written) if mark else violation.hint
            problems.append(_diagnose(mark, "VAL003", violation.message, hint, violation.path))

    def _described(self, path: Path) -> str | None:
        schema: Any = self.schema
        for part in path:
            schema = schema.get("items", {}) if isinstance(part, int) else property_schemas(schema).get(part, {})
        described = schema.get("description") or schema.get("title")
        return str(described) if described else None


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter as a table shows it."""

    name: str
    type: str
    required: bool
    default: object
    description: str

    @property
    def default_text(self) -> str:
        """The default as JSON, empty where there is none."""
        return "" if self.default is None else show(self.default)


def _rows(schema: Schema, prefix: str) -> Iterator[Row]:
    required = {name for part in (schema, *schema.get("allOf", ())) for name in part.get("required", ())}
    for name, inner in property_schemas(schema).items():
        described = str(inner.get("description") or inner.get("title") or "")
        yield Row(f"{prefix}{name}", _type(inner), name in required, inner.get("default"), described)
        if isinstance(inner.get("items"), dict):
            yield from _rows(inner["items"], f"{prefix}{name}[].")
        else:
            yield from _rows(inner, f"{prefix}{name}.")


def _type(schema: Schema) -> str:
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array" and isinstance(schema.get("items"), dict):
        return f"list of {_type(schema['items'])}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)


def _diagnose(mark: Mark | None, code: str, message: str, hint: str | None, path: Path) -> Diagnostic:
    place = dotted(("values", *path))
    related: tuple[Related, ...] = ()
    if mark is None:
        return Diagnostic(code, message, hint=hint, path=place, related=related)
    return mark.diagnose(code, message, hint=hint, path=place, related=related)


def _shape(schema: Schema) -> Shape:
    kind = schema.get("type")
    kind = kind if isinstance(kind, str) else ""
    if isinstance(schema.get("items"), dict):
        return Shape(item=_shape(schema["items"]), type=kind)
    inner = property_schemas(schema)
    if inner and not schema.get("additionalProperties"):
        return Shape({name: _shape(part) for name, part in inner.items()}, type=kind)
    return Shape(type=kind) if kind else ANY


def read_parameters(node: Node, data: Any, problems: list[Diagnostic]) -> Parameters:
    """Take `spec.parameters`: one page, or a list of them, each an object schema."""
    pages = data if isinstance(data, list) else [data]
    places: tuple[Path, ...] = tuple((index,) for index in range(len(pages))) if isinstance(data, list) else ((),)
    schema: Schema = {"type": "object", "allOf": pages} if isinstance(data, list) else {"type": "object", **data}
    before = len(problems)
    for violation in check_schema(schema):
        path = violation.path[1:] if isinstance(data, list) else violation.path
        mark = mark_at(node, path, at_key=violation.at_key)
        problems.append(
            mark.diagnose("BLP005", violation.message, hint=violation.hint_where(mark.written), path="spec.parameters")
        )
    for page, place in zip(pages, places, strict=True):
        if page.get("type", "object") != "object":
            mark = mark_at(node, (*place, "type"))
            problems.append(mark.diagnose("BLP005", "a page is a schema of type object", path="spec.parameters"))
    if len(problems) > before:
        schema = {"type": "object", "additionalProperties": True}
    else:
        _unique(node, pages, places, problems)
    return Parameters(schema, node, places, Validator(schema))


def _unique(node: Node, pages: list[Schema], places: tuple[Path, ...], problems: list[Diagnostic]) -> None:
    """Refuse a parameter that two pages declare, and names that no template can use."""
    seen: set[str] = set()
    for page, place in zip(pages, places, strict=True):
        for name in page.get("properties", {}):
            mark = mark_at(node, (*place, "properties", name), at_key=True)
            if name in seen:
                problems.append(mark.diagnose("BLP005", f'parameter "{name}" is declared twice'))
            if not name.isidentifier():
                hint = "use letters, digits and _"
                problems.append(mark.diagnose("BLP005", f'"{name}" cannot be written in an expression', hint=hint))
            if name in FORM_NAMES:
                hint = "give the parameter another name"
                problems.append(mark.diagnose("BLP005", f'the form of a portal asks for "{name}" itself', hint=hint))
            seen.add(name)
