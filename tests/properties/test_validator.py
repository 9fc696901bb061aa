"""The two libraries behind the validator say the same."""

from __future__ import annotations

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from itdo_platform_gen.schema.validator import Validator

_NAMES = st.sampled_from(["a", "b", "c"])
_SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0, -2.0]) | st.text("ab1\n", max_size=3)
)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=8,
)
_TYPES = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
_SIZES = st.integers(0, 2)


def _keywords(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    some = st.lists(inner, min_size=1, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": _TYPES | st.lists(_TYPES, min_size=1, max_size=3, unique=True),
            "enum": st.lists(_DATA, min_size=1, max_size=3),
            "const": _DATA,
            "properties": st.dictionaries(_NAMES, inner, max_size=2),
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=2),
            "additionalProperties": inner,
            "propertyNames": inner,
            "required": st.lists(_NAMES, unique=True, max_size=2),
            "dependencies": st.dictionaries(_NAMES, st.lists(_NAMES, unique=True, max_size=2) | inner, max_size=2),
            "items": inner | some,
            "additionalItems": inner,
            "contains": inner,
            "minItems": _SIZES,
            "maxLength": _SIZES,
            "minProperties": _SIZES,
            "minimum": st.integers(-2, 2),
            "pattern": st.sampled_from(["^a", "b$", "1"]),
            "anyOf": some,
            "oneOf": some,
            "allOf": some,
            "not": inner,
            "if": inner,
            "then": inner,
        },
    ).map(_without_stray_keyword)


def _without_stray_keyword(schema: dict[str, object]) -> dict[str, object]:
    """Drop additionalItems where it means nothing: there `jsonschema` itself breaks down, though ours does not."""
    stray = not isinstance(schema.get("items"), list)
    return {key: value for key, value in schema.items() if not (stray and key == "additionalItems")}


_SCHEMAS = st.recursive(st.booleans() | _keywords(st.booleans()), _keywords, max_leaves=4).filter(
    lambda schema: isinstance(schema, dict)
)


@given(_SCHEMAS, _DATA)
def test_valid_is_what_nothing_is_said_of(schema: dict[str, object], data: object) -> None:
    """There is an explanation exactly where data is not valid, and it leads to a place in the data."""
    validator = Validator(schema)
    violations = validator.explain(data)
    assert validator.is_valid(data) == (violations == [])
    for violation in violations:
        place = data
        for step in violation.path:
            place = place[step]  # type: ignore[index]


@given(_SCHEMAS, _DATA)
def test_both_libraries_agree(schema: dict[str, object], data: object) -> None:
    """jsonschema, left as it is, judges the same but for a line break that `$` takes in Python."""
    if "$" not in str(schema) or "\\n" not in str(data):
        assert Validator(schema).is_valid(data) == jsonschema.Draft7Validator(schema).is_valid(data)
