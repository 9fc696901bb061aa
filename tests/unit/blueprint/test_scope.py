"""The names in force, and what is known of their shape before any value exists."""

from __future__ import annotations

import pytest

from itdo_platform_gen.blueprint.scope import ANY, Scope, Shape
from itdo_platform_gen.syntax.expression import compile_expression

_VALUES = Shape(
    {
        "name": ANY,
        "labels": ANY,
        "ingress": Shape({"host": ANY, "tls": Shape({"secret": ANY})}),
        "ports": Shape(item=Shape({"name": ANY, "port": ANY})),
    }
)
_ALL = "there is: ingress, labels, name, ports"


def _scope() -> Scope:
    return Scope({"values": _VALUES})


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("values", []),
        ("values.name", []),
        ("values.name.anything", []),
        ("values.labels['app.kubernetes.io/name']", []),
        ("values.ingress.tls.secret", []),
        ("values.ports[0].name", []),
        ("values[values.name]", []),
        ("values.nme", [('values has no "nme"', "did you mean name?")]),
        ("values.ingress.hst", [('values.ingress has no "hst"', "did you mean host?")]),
        ("values.ingress.tls.zzz", [('values.ingress.tls has no "zzz"', "there is: secret")]),
        ("values.ports[0].prt", [('values.ports[0] has no "prt"', "did you mean port?")]),
        ("values['na.me']", [('values has no "na.me"', "did you mean name?")]),
        ("name", [('no "name" here', "did you mean values.name?")]),
        ("vales.name", [('no "vales" here', "did you mean values?")]),
        ("range", [('no "range" here', "there is: values")]),
        ("values.x | default(values.y)", [('values has no "x"', _ALL), ('values has no "y"', _ALL)]),
        ("values.x is defined", [('values has no "x"', _ALL)]),
        ("range(values.name)", []),
    ],
)
def test_a_name_that_cannot_be_there_is_a_fault(source: str, faults: list[tuple[str, str]]) -> None:
    """Told with the nearest name, or with those there are."""
    assert _scope().faults(compile_expression(source)) == faults


def test_a_loop_knows_the_shape_of_its_items() -> None:
    """As far as it goes through a list of the values and nothing else."""
    scope = _scope().within_loop(("p",), compile_expression("values.ports"))
    assert scope.faults(compile_expression("p.name ~ loop.index")) == []
    assert scope.faults(compile_expression("p.nam")) == [('p has no "nam"', "did you mean name?")]
    assert scope.faults(compile_expression("loop.indx")) == [('loop has no "indx"', "did you mean index?")]
    sorted_ports = _scope().within_loop(("p",), compile_expression("values.ports | sort(attribute='name')"))
    assert sorted_ports.faults(compile_expression("p.nam")) == []
    pairs = _scope().within_loop(("k", "v"), compile_expression("values.labels | dictsort"))
    assert pairs.faults(compile_expression("k ~ v.anything")) == []
    assert pairs.faults(compile_expression("p")) == [('no "p" here', "there is: k, loop, v, values")]


def test_what_is_used_anywhere_is_known_everywhere() -> None:
    """Loops note what they read with the scope around them; reading all values uses each."""
    scope = _scope()
    inner = scope.within_loop(("p",), compile_expression("values.ports"))
    inner.faults(compile_expression("values.ingress.host ~ p.name"))
    assert scope.used == {"ingress"}
    assert not scope.all_used
    inner.faults(compile_expression("values | to_json"))
    assert scope.all_used
