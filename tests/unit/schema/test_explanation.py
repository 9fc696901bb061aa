"""What the validator says of faulty data, word for word."""

from __future__ import annotations

import datetime as dt

import pytest

from itdo_platform_gen.schema.validator import Validator, check_schema
from itdo_platform_gen.schema.violation import Violation

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "data", "message", "hint"),
    [
        ({"type": "integer"}, "3", 'expected an integer, got "3"', "write 3 without quotes"),
        ({"type": "integer"}, "3.5", 'expected an integer, got "3.5"', None),
        ({"type": "number"}, "3.5", 'expected a number, got "3.5"', "write 3.5 without quotes"),
        ({"type": "integer"}, True, "expected an integer, got true", None),
        (TEXT, 3.1, "expected a string, got 3.1", 'quote it: "3.1"'),
        (TEXT, True, "expected a string, got true", 'quote it: "true"'),
        (TEXT, None, "expected a string, got null", None),
        ({"type": ["string", "null"]}, [], "expected a string, got []", None),
        ({"type": "null"}, 1, "expected null, got 1", None),
        ({"type": "boolean"}, "true", 'expected a boolean, got "true"', "write true without quotes"),
        ({"type": "boolean"}, "yes", 'expected a boolean, got "yes"', "write true"),
        ({"type": "array"}, "sh", 'expected a list, got "sh"', "write a list, with - before each item"),
        ({"type": "object"}, [1], "expected a mapping, got [1]", None),
        ({"type": ["integer", "string"]}, True, "expected a string or an integer, got true", 'quote it: "true"'),
        (
            {"anyOf": [TEXT, {"type": "integer"}]},
            [],
            "expected a string or an integer, got []",
            None,
        ),
        ({"enum": ["A", "B"]}, "C", 'expected one of: A, B; got "C"', None),
        ({"enum": ["Always", "", None]}, "Alway", 'expected Always, got "Alway"', "did you mean Always?"),
        ({"type": "string", "enum": ["A", "B"]}, 1, "expected a string, got 1", 'quote it: "1"'),
        ({"enum": ["v1"]}, "v2", 'expected v1, got "v2"', None),
        ({"enum": [[], {}]}, 1, "expected one of: [], {}; got 1", None),
        ({"const": 1}, 2, "expected exactly 1, got 2", None),
        ({"maxLength": 3}, "abcd", "expected at most 3 characters, got 4", None),
        ({"minLength": 1}, "", "expected at least 1 character, got 0", None),
        ({"minItems": 2}, [1], "expected at least 2 items, got 1", None),
        ({"maxProperties": 1}, {"a": 1, "b": 2}, "expected at most 1 key, got 2", None),
        ({"minimum": 1}, 0, "expected at least 1, got 0", None),
        ({"exclusiveMaximum": 1}, 1, "expected less than 1, got 1", None),
        ({"multipleOf": 5}, 7, "expected a multiple of 5, got 7", None),
        ({"uniqueItems": True}, [1, 1], "expected no item twice, got [1, 1]", None),
        ({"contains": TEXT}, [1], "no item is what one of them has to be, got [1]", None),
        ({"items": [{}], "additionalItems": False}, [1, 2], "expected at most 1 item, got 2", None),
        ({"pattern": "^[a-z]+$"}, "X", 'expected text matching ^[a-z]+$, got "X"', None),
        ({"format": "byte"}, "a b", 'expected base64 text, got "a b"', None),
        ({"format": "date-time"}, "now", 'expected a time such as 2026-01-31T09:00:00Z, got "now"', None),
        ({"not": TEXT}, "a", 'not allowed here: "a"', None),
        ({"required": ["name"]}, {}, 'missing key "name"', None),
        ({"dependencies": {"a": ["b"]}}, {"a": 1}, 'missing key "b"', None),
        (
            {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {},
            'missing key "a" or "b"',
            None,
        ),
        (
            {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"a": 1, "b": 1},
            'fits several forms where only one may fit: {"a": 1, "b": 1}',
            None,
        ),
        (TEXT, {"key": "x" * 100}, 'expected a string, got {"key": "' + "x" * 50 + "…", None),
    ],
)  # fmt: skip
def test_each_keyword_has_its_sentence(schema: dict[str, object], data: object, message: str, hint: str | None) -> None:
    """A fault is said in one sentence, with a hint where the way out is plain."""
    assert not Validator(schema).is_valid(data)
    assert Validator(schema).explain(data) == [Violation((), message, hint)]


def test_an_unknown_key_is_named_with_the_nearest() -> None:
    """Each unknown key is a violation of its own, about the key itself."""
    validator = Validator({"properties": {"replicas": {}, "name": {}}, "additionalProperties": False})
    assert validator.explain({"replica": 1, "zzz": 2}) == [
        Violation(("replica",), 'unknown key "replica"', "did you mean replicas?", at_key=True),
        Violation(("zzz",), 'unknown key "zzz"', "there is: name, replicas", at_key=True),
    ]


def test_a_key_that_breaks_its_rule_is_at_fault_itself() -> None:
    """What propertyNames says is about a key."""
    validator = Validator({"propertyNames": {"pattern": "^[a-z]+$"}})
    assert validator.explain({"ok": 1, "Bad": 1}) == [
        Violation(("Bad",), 'expected text matching ^[a-z]+$, got "Bad"', at_key=True)
    ]


def test_a_union_is_explained_by_the_form_it_is_nearest_to() -> None:
    """Of several forms the one that the value was meant to be is spoken of."""
    form = {"type": "object", "additionalProperties": False}
    validator = Validator(
        {
            "oneOf": [
                {**form, "properties": {"kind": {"const": "file"}, "path": TEXT}, "required": ["path"]},
                {**form, "properties": {"kind": {"const": "url"}, "url": TEXT}, "required": ["url"]},
                TEXT,
            ]
        }
    )
    assert validator.explain({"kind": "url", "url": 3}) == [
        Violation(("url",), "expected a string, got 3", 'quote it: "3"')
    ]


def test_items_are_ordered_by_number() -> None:
    """The tenth item comes after the second."""
    found = Validator({"items": TEXT}).explain([0] * 11)
    assert [violation.path for violation in found] == [(place,) for place in range(11)]


def test_texts_are_judged_alike_by_both_libraries() -> None:
    """Python's `$` would take a last line break, and Python has no Unicode classes at all."""
    assert Validator({"pattern": "^a$"}).explain("a\n") == [Violation((), 'expected text matching ^a$, got "a\\n"')]
    assert Validator({"pattern": r"^\p{Lu}$"}).explain("É") == []
    schema = {"patternProperties": {r"^\p{Lu}": TEXT}, "additionalProperties": {"type": "integer"}}
    assert Validator(schema).explain({"É": 1, "e": "x"}) == [
        Violation(("e",), 'expected an integer, got "x"'),
        Violation(("É",), "expected a string, got 1", 'quote it: "1"'),
    ]


def test_what_no_json_can_hold_is_said_so() -> None:
    """Data that never was JSON is a violation, not a crash."""
    nested = {"$ref": "#/definitions/it", "definitions": {"it": {"additionalProperties": {"$ref": "#/definitions/it"}}}}
    assert Validator(nested).explain({"a": {1: 2}}) == [
        Violation(("a",), "expected text for a key, got 1", 'quote it: "1"')
    ]
    assert Validator({"items": TEXT}).explain([dt.date(2026, 1, 1)]) == [
        Violation((0,), "expected data that JSON can hold, got a date")
    ]


def test_data_nested_without_end_is_still_explained() -> None:
    """Where Python's stack does not reach, the words of jsonschema-rs do."""
    data: list[object] = [1]
    for _ in range(3000):
        data = [data]
    schema = {
        "$ref": "#/definitions/nest",
        "definitions": {"nest": {"type": "array", "items": {"$ref": "#/definitions/nest"}}},
    }
    (violation,) = Validator(schema).explain(data)
    assert violation.path == (0,) * 3001


def test_a_large_number_is_no_fault() -> None:
    """Numbers beyond 64 bits are numbers."""
    assert Validator({"type": "integer", "minimum": 0}).explain(10**40) == []
    assert [v.message for v in Validator({"maximum": 2**63 - 1}).explain(10**20)] == [
        f"expected at most {2**63 - 1}, got {10**20}"
    ]


def test_a_good_schema_has_no_violations() -> None:
    """Unknown keywords are none of our business."""
    assert check_schema({"type": "object", "ui:order": ["a"], "properties": {"a": {"type": "string"}}}) == []
    boolean = True
    assert check_schema(boolean) == []


@pytest.mark.parametrize(
    ("schema", "violation"),
    [
        (
            {"properties": {"a": {"type": "strin"}}},
            Violation(
                ("properties", "a", "type"),
                'expected one of: array, boolean, integer, null, number, object, string; got "strin"',
                "did you mean string?",
            ),
        ),
        (
            {"properties": []},
            Violation(("properties",), "expected a mapping, got []"),
        ),
        ({"pattern": "("}, Violation(("pattern",), 'expected a regular expression, got "("')),
        ({"required": 1}, Violation(("required",), "expected a list, got 1", "write a list, with - before each item")),
        ([], Violation((), "expected a boolean or a mapping, got []")),
    ],
)  # fmt: skip
def test_a_faulty_schema_is_explained_by_place(schema: object, violation: Violation) -> None:
    """The path leads into the schema."""
    assert check_schema(schema) == [violation]


@pytest.mark.parametrize("reference", ["#/definitions/nothing", "other.json", "http://127.0.0.1:9/schema.json"])
def test_a_reference_to_nothing_is_a_fault(reference: str) -> None:
    """A schema stands alone: it refers to nothing outside, and nothing is fetched."""
    (violation,) = check_schema({"$ref": reference})
    assert violation.path == ()
    with pytest.raises(ValueError, match=r".+"):
        Validator({"$ref": reference}).is_valid(1)
