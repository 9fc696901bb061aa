"""Forms, resolved for the data given: defaults at every depth, and the properties that the data choose."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from itdo_platform_gen.blueprint.form import property_schemas, resolve


def _read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


_KEPT = "{a: {k: {n: 1}}}"


@pytest.mark.parametrize(
    ("form", "data", "result"),
    [
        ("{a: {default: 1}}", "{}", "{a: 1}"),
        ("{a: {default: 1}}", "{a: 2}", "{a: 2}"),
        ("{a: {default: 1}}", "{a: null}", "{a: null}"),
        ("{a: {default: null}}", "{}", "{a: null}"),
        ("{a: {type: string}}", "{}", "{}"),
        ("{a: {type: object, properties: {b: {properties: {c: {default: 1}}}}}}", "{}", "{a: {b: {c: 1}}}"),
        ("{a: {type: object, properties: {b: {default: 1}, c: {}}}}", "{a: {c: 2}}", "{a: {b: 1, c: 2}}"),
        ("{a: {type: object, properties: {b: {}}}}", "{}", "{}"),
        ("{a: {type: object, required: [c], properties: {b: {default: 1}, c: {}}}}", "{}", "{}"),
        ("{a: {type: object, required: [b], properties: {b: {default: 1}, c: {}}}}", "{}", "{a: {b: 1}}"),
        ("{a: {type: object, default: {}, properties: {b: {default: 1}}}}", "{}", "{a: {b: 1}}"),
        ("{a: {type: object, default: {b: 2}, properties: {b: {default: 1}}}}", "{}", "{a: {b: 2}}"),
        ("{a: {properties: {b: {default: 1}}}}", "{}", "{a: {b: 1}}"),
        ("{l: {items: {type: object, properties: {p: {default: 80}}}}}", "{l: [{}, {p: 1}]}", "{l: [{p: 80}, {p: 1}]}"),
        ("{l: {items: {type: object, properties: {p: {default: 80}}}}}", "{}", "{}"),
        ("{l: {default: [{}], items: {type: object, properties: {p: {default: 80}}}}}", "{}", "{l: [{p: 80}]}"),
        ("{l: {items: {items: {type: object, properties: {p: {default: 1}}}}}}", "{l: [[{}]]}", "{l: [[{p: 1}]]}"),
        ("{l: {items: {type: object, properties: {p: {default: 80}}}}}", "{l: [1, null]}", "{l: [1, null]}"),
        ("{a: {type: object, additionalProperties: {properties: {n: {default: 1}}}}}", "{a: {k: {}}}", _KEPT),
        ("{a: {type: object, properties: {b: {default: 1}}}}", "{a: text}", "{a: text}"),
    ],
)  # fmt: skip
def test_defaults_are_filled_in_at_every_depth(form: str, data: str, result: str) -> None:
    """In an absent object too, when nothing it requires would be missing then, and in each item of a list."""
    given = _read(data)
    assert resolve({"type": "object", "properties": _read(form)}, given).data == _read(result)
    assert given == _read(data)


def test_keys_come_in_the_order_of_the_form() -> None:
    """Whatever the order of the data; keys that the form does not have come last."""
    form = {"properties": {"b": {"default": 1}, "a": {}, "c": {}}, "additionalProperties": True}
    assert list(resolve(form, {"z": 0, "c": 3, "a": 2}).data) == ["b", "a", "c", "z"]


_CLOUD = """
properties:
  cloud: {type: string, enum: [none, aws, gcp], default: none}
dependencies:
  cloud:
    oneOf:
      - properties: {cloud: {enum: [none]}}
      - properties: {cloud: {enum: [aws]}, region: {default: eu}, account: {type: string}}
        required: [account]
      - properties: {cloud: {const: gcp}, project: {type: object, properties: {id: {default: x}}}}
"""
_TLS = """
properties: {tls: {default: false}}
if: {properties: {tls: {const: true}}}
then: {properties: {secret: {}}, required: [secret]}
else: {properties: {port: {default: 80}}}
"""


@pytest.mark.parametrize(
    ("form", "data", "result", "missing", "unknown"),
    [
        (_CLOUD, "{}", "{cloud: none}", [], []),
        (_CLOUD, "{cloud: aws, account: '1'}", "{cloud: aws, region: eu, account: '1'}", [], []),
        (_CLOUD, "{cloud: aws}", "{cloud: aws, region: eu}", ["account"], []),
        (_CLOUD, "{cloud: gcp}", "{cloud: gcp, project: {id: x}}", [], []),
        (_CLOUD, "{cloud: gcp, region: us}", "{cloud: gcp, project: {id: x}, region: us}", [], ["region"]),
        (_CLOUD, "{cloud: azure}", "{cloud: azure}", [], []),
        (_CLOUD, "{region: us}", "{cloud: none, region: us}", [], ["region"]),
        (_TLS, "{}", "{tls: false, port: 80}", [], []),
        (_TLS, "{tls: true}", "{tls: true}", ["secret"], []),
        (_TLS, "{tls: true, secret: s, port: 1}", "{tls: true, secret: s, port: 1}", [], ["port"]),
        (_TLS, "{secret: s}", "{tls: false, port: 80, secret: s}", [], ["secret"]),
        ("{properties: {a: {}, b: {}}, dependencies: {a: [b]}}", "{a: 1}", "{a: 1}", ["b"], []),
        ("{properties: {a: {}, b: {}}, dependencies: {a: [b]}}", "{b: 1}", "{b: 1}", [], []),
        ("{properties: {a: {}}, dependencies: {a: {properties: {b: {default: 2}}}}}", "{a: 1}", "{a: 1, b: 2}", [], []),
        ("{properties: {a: {}}, dependencies: {a: {properties: {b: {default: 2}}}}}", "{}", "{}", [], []),
        ("{allOf: [{properties: {a: {default: 1}}}, {properties: {b: {}}, required: [b]}]}", "{}", "{a: 1}", ["b"], []),
        ("{allOf: [{properties: {a: {}}}, {properties: {b: {}}}]}", "{a: 1, c: 3}", "{a: 1, c: 3}", [], ["c"]),
        ("{oneOf: [{properties: {a: {const: 1}, b: {default: 2}}}, {}]}", "{a: 1}", "{a: 1, b: 2}", [], []),
        ("{oneOf: [{properties: {a: {const: 1}, b: {}}}, {properties: {a: {}}}]}", "{a: 2}", "{a: 2}", [], []),
        ("{oneOf: [{properties: {a: {}}, required: [a]}, {properties: {c: {default: 3}}}]}", "{}", "{c: 3}", [], []),
        ("{anyOf: [{properties: {a: {}}, required: [a]}, {properties: {b: {}}}]}", "{b: 1}", "{b: 1}", [], []),
        ("{properties: {a: {}}}", "{a: 1, b: 2}", "{a: 1, b: 2}", [], ["b"]),
        ("{properties: {a: {}}, additionalProperties: true}", "{b: 2}", "{b: 2}", [], []),
        ("{properties: {a: {}}, additionalProperties: {type: string}}", "{b: 2}", "{b: 2}", [], []),
        ("{type: object, additionalProperties: false}", "{b: 2}", "{b: 2}", [], ["b"]),
        ("{type: object}", "{b: 2}", "{b: 2}", [], []),
        ("{properties: {l: {items: {required: [n], properties: {n: {}}}}}}", "{l: [{}]}", "{l: [{}]}", ["l.0.n"], []),
        ("{properties: {o: {type: object, required: [n], properties: {n: {}}}}}", "{o: {}}", "{o: {}}", ["o.n"], []),
        ("{properties: {o: {type: object, required: [n], properties: {n: {}}}}, required: [o]}", "{}", "{}", ["o"], []),
    ],
)  # fmt: skip
def test_the_data_choose_the_properties(
    form: str, data: str, result: str, missing: list[str], unknown: list[str]
) -> None:
    """`dependencies`, `oneOf`, `anyOf`, `allOf` and `if`; what is then required and known is all that counts."""
    found = resolve({"type": "object", **_read(form)}, _read(data))
    assert found.data == _read(result)
    assert [".".join(map(str, path)) for path in found.missing] == missing
    assert [".".join(map(str, path)) for path, _ in found.unknown] == unknown


def test_every_default_knows_where_it_is_written() -> None:
    """By a pointer into the form."""
    form = _read(
        "properties: {a: {default: 1}, o: {properties: {b: {default: 2}}}, l: {items: {properties: {c: {default: 3}}}}}"
        "\nallOf: [{properties: {d: {default: 4}}}]\n"
    )
    found = resolve({"type": "object", **form}, {"l": [{}, {}]})
    places = {".".join(map(str, path)): "/".join(map(str, place)) for path, place in found.defaults.items()}
    assert places == {
        "a": "properties/a/default",
        "d": "allOf/0/properties/d/default",
        "o.b": "properties/o/properties/b/default",
        "l.0.c": "properties/l/items/properties/c/default",
        "l.1.c": "properties/l/items/properties/c/default",
    }


def test_a_branch_narrows_what_stands_already() -> None:
    """Both hold, and the first default counts."""
    form = {
        "properties": {"a": {"type": "string", "default": "x"}},
        "allOf": [{"properties": {"a": {"maxLength": 3, "default": "y"}}}],
    }
    found = resolve({"type": "object", **form}, {})
    assert found.data == {"a": "x"}
    assert found.schema["properties"]["a"]["maxLength"] == 3
    assert found.schema["properties"]["a"]["type"] == "string"


def test_templates_may_use_every_property_there_may_be() -> None:
    """Under any data."""
    assert set(property_schemas(_read(_CLOUD))) == {"cloud", "region", "account", "project"}
    assert set(property_schemas(_read(_TLS))) == {"tls", "secret", "port"}


def test_keys_may_be_told_by_pattern() -> None:
    """`patternProperties` closes an object just as `properties` does."""
    schema = {"type": "object", "patternProperties": {"^x-": {"type": "object", "properties": {"a": {"default": 1}}}}}
    found = resolve(schema, {"x-one": {}, "other": 2})
    assert found.data == {"x-one": {"a": 1}, "other": 2}
    assert [path for path, _ in found.unknown] == [("other",)]
