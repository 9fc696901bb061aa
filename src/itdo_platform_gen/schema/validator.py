"""Validators: the one door to JSON Schema, of Draft 7.

jsonschema-rs says in microseconds whether data is valid. Only where it is not does `jsonschema` say why: it is slow,
but tells of every fault what there is to tell. Texts are judged by the former in both, so that they agree.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn, cast

from itdo_platform_gen.schema.violation import Json, Violation, by_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import jsonschema_rs
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator as Explainer

    Keyword = Callable[[Json, Json, Json, Json], Iterator[ValidationError]]

_SIX_BITS = r"([A-Za-z0-9+/][\r\n]*)"
_BASE64 = rf"^[\r\n]*({_SIX_BITS}{{4}})*({_SIX_BITS}{{2}}(=[\r\n]*){{2}}|{_SIX_BITS}{{3}}=[\r\n]*)?$"
_LONGEST_FOREIGN_MESSAGE = 200


class Validator:
    """One schema, compiled when it is first used."""

    __slots__ = ("_compiled", "_schema")

    def __init__(self, schema: Mapping[str, object]) -> None:
        """Take a schema that `check_schema` finds no fault with; with another, use raises ValueError."""
        self._schema: dict[str, Json] = dict(schema)
        self._compiled: jsonschema_rs.Draft7Validator | None = None

    def is_valid(self, data: object) -> bool:
        """Tell whether data meets the schema."""
        compiled = self._compile()
        try:
            return compiled.is_valid(cast("Json", data))
        except ValueError:  # a part of it is nothing that JSON knows
            return False

    def explain(self, data: object) -> list[Violation]:
        """Give what is wrong with data, in the order of the places in it; nothing where it is valid."""
        if self.is_valid(data):
            return []
        from itdo_platform_gen.schema.explanation import explain  # noqa: PLC0415  most runs explain nothing
        from itdo_platform_gen.schema.foreign import foreign_parts  # noqa: PLC0415

        try:
            found = foreign_parts(data) or explain(_explaining()(self._schema).iter_errors(cast("Json", data)))
        except RecursionError:  # data nested as deeply as no honest document is
            found = []
        return found or self._unexplained(data)

    def _compile(self) -> jsonschema_rs.Draft7Validator:
        if self._compiled is None:
            self._compiled = _compiled(self._schema)
        return self._compiled

    def _unexplained(self, data: Json) -> list[Violation]:
        """Give the faults in the words of jsonschema-rs, where `jsonschema` sees none."""
        found = (
            Violation(tuple(error.instance_path), error.message[:_LONGEST_FOREIGN_MESSAGE])
            for error in self._compile().iter_errors(data)
        )
        return sorted(dict.fromkeys(found), key=by_path)


def check_schema(schema: object) -> list[Violation]:
    """Give what keeps a schema from being one of Draft 7, by paths into the schema; nothing where it is one."""
    if isinstance(schema, (dict, bool)):
        try:
            _compiled(schema)
        except ValueError as error:
            reason = str(error).partition("\n")[0]
        else:
            return []
    else:
        reason = "expected a mapping"
    from jsonschema import Draft7Validator  # noqa: PLC0415

    # By its name `jsonschema` would find its own copy again within it, and forget what we made of the keywords.
    nameless = {key: value for key, value in Draft7Validator.META_SCHEMA.items() if key not in {"$id", "$schema"}}
    return Validator(nameless).explain(schema) or [Violation((), reason)]


def _compiled(schema: dict[str, Json] | bool) -> jsonschema_rs.Draft7Validator:  # noqa: FBT001  it is a schema
    import jsonschema_rs  # noqa: PLC0415  both libraries take time that not every command needs to spend

    return jsonschema_rs.Draft7Validator(
        schema, formats={"byte": _is_base64}, validate_formats=True, retriever=_stay_offline
    )


def _is_base64(text: str) -> bool:
    """Judge the format `byte` of OpenAPI as Go does, which looks past line breaks."""
    return _fits("pattern", _BASE64, text)


def _stay_offline(uri: str) -> NoReturn:
    message = f"a schema may not refer to another file: {uri}"
    raise ValueError(message)


@lru_cache(maxsize=512)
def _single(keyword: str, wanted: str) -> jsonschema_rs.Draft7Validator:
    return _compiled({keyword: wanted})


def _fits(keyword: str, wanted: str, value: str) -> bool:
    return _single(keyword, wanted).is_valid(value)


@lru_cache(maxsize=1)
def _explaining() -> type[Explainer]:
    """Give the class that explains, some keywords rewritten so that each error says which key it is about."""
    from jsonschema import Draft7Validator, validators  # noqa: PLC0415

    extended: Json = validators.extend(Draft7Validator, _KEYWORDS)  # type: ignore[no-untyped-call]
    descend = extended.descend

    def descend_in_false_too(self: Explainer, value: Json, schema: Json, *steps: Json, **named: Json) -> Json:
        # Of the schema `false` it forgets to say where it stands.
        return descend(self, value, {"not": {}} if schema is False else schema, *steps, **named)

    extended.descend = descend_in_false_too
    return cast("type[Explainer]", extended)


def _error(**parts: Json) -> ValidationError:
    from jsonschema import ValidationError  # noqa: PLC0415

    return ValidationError("", **parts)


def _judged_text(keyword: str) -> Keyword:
    def judge(_: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:  # noqa: ARG001
        if isinstance(value, str) and not _fits(keyword, wanted, value):
            yield _error()

    return judge


def _additional(explainer: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:
    if not isinstance(value, dict):
        return
    patterns = schema.get("patternProperties", {})
    for key in value:
        if key in schema.get("properties", {}) or any(_fits("pattern", pattern, key) for pattern in patterns):
            continue
        if wanted is False:
            yield _error(path=[key], instance=key)
        else:
            yield from explainer.descend(value[key], wanted, path=key)


def _additional_items(explainer: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:
    listed = schema.get("items")
    if not isinstance(listed, list) or not isinstance(value, list) or len(value) <= len(listed):
        return
    if wanted is False:
        yield _error(validator_value=len(listed))
        return
    for place, item in enumerate(value[len(listed) :], len(listed)):
        yield from explainer.descend(item, wanted, path=place)


def _by_pattern(explainer: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:  # noqa: ARG001
    for pattern, part in wanted.items() if isinstance(value, dict) else ():
        for key in value:
            if _fits("pattern", pattern, key):
                yield from explainer.descend(value[key], part, path=key, schema_path=pattern)


def _names(explainer: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:  # noqa: ARG001
    for key in value if isinstance(value, dict) else ():
        yield from explainer.descend(key, wanted, path=key)


def _required(_: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:  # noqa: ARG001
    for key in wanted if isinstance(value, dict) else ():
        if key not in value:
            yield _error(validator_value=[key])


def _dependencies(explainer: Json, wanted: Json, value: Json, schema: Json) -> Iterator[ValidationError]:  # noqa: ARG001
    for key, needed in wanted.items() if isinstance(value, dict) else ():
        if key not in value:
            continue
        if isinstance(needed, list):
            yield from (_error(validator_value=[other]) for other in needed if other not in value)
        else:
            yield from explainer.descend(value, needed, schema_path=key)


_KEYWORDS = {
    "additionalItems": _additional_items,
    "additionalProperties": _additional,
    "dependencies": _dependencies,
    "format": _judged_text("format"),
    "pattern": _judged_text("pattern"),
    "patternProperties": _by_pattern,
    "propertyNames": _names,
    "required": _required,
}
