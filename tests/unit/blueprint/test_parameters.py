"""Parameters: what was given becomes values, or all that is wrong with it is told at once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from itdo_platform_gen.blueprint.parameters import Parameters, read_parameters
from itdo_platform_gen.blueprint.scope import Scope, Shape
from itdo_platform_gen.blueprint.values import Given, Values, given
from itdo_platform_gen.diagnostics import Diagnostic, in_order
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.expression import compile_expression
from itdo_platform_gen.syntax.mark import Mark, Text


@dataclass(frozen=True)
class Checked:
    """Values, with what was told of them."""

    values: Values
    said: list[str]


def _said(problems: list[Diagnostic]) -> list[str]:
    return [
        f"{d.file}:{d.line}:{d.column} {d.code} {d.path}: {d.message}" + (f" ({d.hint})" if d.hint else "")
        for d in in_order(problems)
    ]


def _parameters(form: str) -> tuple[Parameters, list[str]]:
    problems: list[Diagnostic] = []
    (document,) = compose(Text("form", form))
    return read_parameters(document.node, to_data(document.node, problems), problems), _said(problems)


def _checked(form: str, *sources: str | dict[str, object]) -> Checked:
    parameters, said = _parameters(form)
    assert said == []
    problems: list[Diagnostic] = []
    taken = tuple(
        given(compose(Text(f"v{number}", source))[0].node, problems) if isinstance(source, str) else Given(source)
        for number, source in enumerate(sources)
    )
    at = Mark(Text("platform", "x"), 0, 0, 0, 1)
    return Checked(parameters.values(taken, at, problems), _said(problems))


_FORM = """\
required: [name]
properties:
  name: {type: string, title: The name of it}
  replicas: {type: integer, default: 1, minimum: 1}
  ports:
    type: array
    items:
      type: object
      required: [port]
      properties:
        port: {type: integer, description: Where it listens}
        name: {type: string, default: http}
"""


def test_good_values_have_their_defaults_and_places() -> None:
    """Nothing is told of them."""
    checked = _checked(_FORM, "{name: a, ports: [{port: 80}]}")
    assert checked.said == []
    assert checked.values.data == {"name": "a", "replicas": 1, "ports": [{"port": 80, "name": "http"}]}
    mark = checked.values.mark_of(("ports", 0, "name"))
    assert mark is not None
    assert (mark.text.name, mark.line + 1, mark.column + 1) == ("form", 12, 39)


def test_unknown_missing_and_wrong_values_are_told_together() -> None:
    """Each at its place with a way out; what is missing, where it should stand."""
    text = "replica: 2\nreplicas: '3'\nports:\n  - {prot: 80}\n  - {port: x, name: 1}\n"
    assert _checked(_FORM, text).said == [
        'platform:1:1 VAL002 values.name: missing value "name" (The name of it)',
        'v0:1:1 VAL001 values.replica: unknown value "replica" (did you mean replicas?)',
        'v0:2:11 VAL003 values.replicas: expected an integer, got "3" (write 3 without quotes)',
        'v0:4:5 VAL002 values.ports[0].port: missing value "port" (Where it listens)',
        'v0:4:6 VAL001 values.ports[0].prot: unknown value "prot" (did you mean port?)',
        'v0:5:12 VAL003 values.ports[1].port: expected an integer, got "x"',
        'v0:5:21 VAL003 values.ports[1].name: expected a string, got 1 (quote it: "1")',
    ]


def test_a_value_is_told_at_the_source_that_gave_it() -> None:
    """Be it the first, the last, or Python, which the place that asked is told for."""
    told = _checked(_FORM, "{name: 1, replicas: 0}", "{replicas: 2, nme: x}", {"ports": 3}).said
    assert told == [
        "platform:1:1 VAL003 values.ports: expected a list, got 3 (write a list, with - before each item)",
        'v0:1:8 VAL003 values.name: expected a string, got 1 (quote it: "1")',
        'v1:1:15 VAL001 values.nme: unknown value "nme" (did you mean name?)',
    ]


def test_a_default_that_breaks_its_own_form_is_told_where_it_is_written() -> None:
    """The form is at fault, not who left the value out."""
    told = _checked("properties:\n  a: {type: integer, default: x}\n", "{}").said
    assert told == ['form:2:31 VAL003 values.a: expected an integer, got "x"']


_PAGES = """\
- title: One
  required: [a]
  properties: {a: {type: string}}
- title: Two
  properties:
    kind: {type: string, enum: [x, y], default: x}
  dependencies:
    kind:
      oneOf:
        - properties: {kind: {enum: [x]}}
        - properties: {kind: {enum: [y]}, size: {type: integer, default: 3}}
"""


def test_pages_are_one_form() -> None:
    """What is known, required and chosen on each holds for the whole."""
    assert _checked(_PAGES, "{a: b}").values.data == {"a": "b", "kind": "x"}
    whole = _checked(_PAGES, "{a: b, kind: y}")
    assert whole.values.data == {"a": "b", "kind": "y", "size": 3}
    mark = whole.values.mark_of(("size",))
    assert mark is not None
    assert (mark.line + 1, mark.column + 1) == (11, 74)
    assert _checked(_PAGES, "{kind: x, size: 3, b: 1}").said == [
        'platform:1:1 VAL002 values.a: missing value "a"',
        'v0:1:11 VAL001 values.size: unknown value "size" (there is: a, kind)',
        'v0:1:20 VAL001 values.b: unknown value "b" (there is: a, kind)',
    ]


def test_one_page_and_a_list_of_it_are_the_same() -> None:
    """Same values, same places of defaults but for the indent."""
    one, listed = _checked("properties: {a: {default: 1}}", "{}"), _checked("- properties: {a: {default: 1}}", "{}")
    assert one.values.data == listed.values.data == {"a": 1}
    marks = [checked.values.mark_of(("a",)) for checked in (one, listed)]
    assert [mark.column if mark else None for mark in marks] == [26, 28]


_TYPES = "expected one of: array, boolean, integer, null, number, object, string"


@pytest.mark.parametrize(
    ("form", "place", "message"),
    [
        ("- properties: {a: {}}\n- properties: {a: {}, b: {}}", "2:16", 'parameter "a" is declared twice'),
        ("properties: {a-b: {}}", "1:14", '"a-b" cannot be written in an expression (use letters, digits and _)'),
        ("type: array", "1:7", "a page is a schema of type object"),
        ("properties: {a: {type: strin}}", "1:24", f'{_TYPES}; got "strin" (did you mean string?)'),
        ("- {}\n- properties: {a: {minimum: x}}", "2:29", 'expected a number, got "x"'),
    ],
)
def test_a_form_that_is_at_fault_is_told_where(form: str, place: str, message: str) -> None:
    """Whichever page it is on."""
    (said,) = _parameters(form)[1]
    assert said.startswith(f"form:{place} BLP005 ")
    assert said.endswith(f": {message}")


def test_a_form_that_is_at_fault_takes_any_values() -> None:
    """Since nobody knows which it wants."""
    parameters, said = _parameters("properties: {a: {type: strin}}")
    problems: list[Diagnostic] = []
    assert said
    assert parameters.values((Given({"b": 1}),), None, problems).data == {"b": 1}
    assert problems == []


def test_templates_know_the_shape_of_the_form() -> None:
    """As far as it is closed: keys of objects, items of lists, branches of each kind."""
    form = """\
properties:
  ingress: {type: object, properties: {host: {}, tls: {type: object, properties: {secret: {}}}}}
  labels: {type: object, additionalProperties: {type: string}}
  open: {type: object, properties: {a: {}}, additionalProperties: true}
  ports: {type: array, items: {type: object, properties: {name: {}}}}
  any: {}
if: {required: [any]}
then: {properties: {more: {}}}
"""
    parameters, _ = _parameters(form)
    scope = Scope({"values": Shape(parameters.shape())})
    good = (
        "[values.ingress.tls.secret, values.labels.x, values.open.b, values.ports[0].name, values.any.x, values.more.x]"
    )
    assert scope.faults(compile_expression(good)) == []
    bad = compile_expression("[values.ingress.tls.x, values.ports[0].x, values.x]")
    assert [message for message, _ in scope.faults(bad)] == [
        'values.ingress.tls has no "x"',
        'values.ports[0] has no "x"',
        'values has no "x"',
    ]


def test_rows_describe_every_parameter() -> None:
    """Those inside objects and lists with dotted names."""
    parameters, _ = _parameters(_FORM)
    assert [(row.name, row.type, row.required, row.default_text, row.description) for row in parameters.rows()] == [
        ("name", "string", True, "", "The name of it"),
        ("replicas", "integer", False, "1", ""),
        ("ports", "list of object", False, "", ""),
        ("ports[].port", "integer", True, "", "Where it listens"),
        ("ports[].name", "string", False, '"http"', ""),
    ]
