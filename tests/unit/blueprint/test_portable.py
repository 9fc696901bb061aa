"""The portable subset: what differs between the engines is found at its line, and what does not passes."""

from __future__ import annotations

import pytest

from constructs import LISTS, faults_of
from itdo_platform_gen.blueprint.portable import Portability
from itdo_platform_gen.blueprint.portable_text import written_faults
from itdo_platform_gen.blueprint.scope import Shape
from itdo_platform_gen.syntax.jinja import parse_content

VALUES = Shape(
    {
        "name": Shape(type="string"),
        "database": Shape(type="boolean"),
        "port": Shape(type="integer"),
        "ratio": Shape(type="number"),
        "owners": Shape(item=Shape(type="string"), type="array"),
        "labels": Shape({"team": Shape(type="string")}, type="object"),
        "services": Shape(item=Shape({"name": Shape(type="string"), "open": Shape(type="boolean")}), type="array"),
        "loose": Shape(),
    },
    type="object",
)


def _found(template: str) -> list[str]:
    looked = Portability({"values": VALUES})
    return [fault.message for fault in (*written_faults(template), *looked.faults(parse_content(template)))]


PORTABLE = [
    "${{ values.name }}:${{ values.port }}",
    "${{ values.name | upper | replace('-', '_') }}",
    "${{ values.owners | join(', ') }} ${{ values.owners | length }} ${{ values.owners[0] }}",
    "{% if values.database and values.owners | length %}x{% elif not values.database %}y{% else %}z{% endif %}",
    "{% for s in values.services %}${{ loop.index }} ${{ s.name }}{% if s.open %}!{% endif %}{% else %}-{% endfor %}",
    "{% for k, v in values.labels | dictsort %}${{ k }}=${{ v }}{% endfor %}",
    "{% for n in range(3) %}${{ n }}{% endfor %}",
    "{% set first = values.owners | first %}${{ first ~ '-' ~ values.name }}",
    "{% macro greet(name) %}hello ${{ name }}{% endmacro %}${{ greet(values.name) }}",
    "${{ 'true' if values.database else 'false' }} ${{ values.name.split('-') | join('_') }}",
    "${{ values.loose | default('x', true) }} ${{ 'a' in values.owners | join(',') and 'b' or 'c' }}",
    "${{ '${{ github.ref }}' }} {{ .Values.x }} $(params.x) ${VAR}",
    "a {# between words #} b",
    "${{ _copier_answers._commit or values.name }}",
]

NOT_PORTABLE = [
    ("${{ values.database }}", "prints True here"),
    ("${{ values.port == 80 }}", "prints True here"),
    ("${{ none }}", "prints None here"),
    ("${{ True and values.name }}", "True is unknown"),
    ("{% if values.owners %}x{% endif %}", "an empty list"),
    ("${{ 'a' if values.labels else 'b' }}", "an empty list or mapping"),
    ("${{ values.owners }}", "values.owners is printed differently"),
    ("${{ values.labels }}", "values.labels is printed differently"),
    ("${{ values.ratio }}", "other digits"),
    ("${{ 1.5 }}", "floats"),
    ("${{ values.port / 2 }}", "/ differs"),
    ("${{ values.nam }}", 'no "nam" there'),
    ("${{ name }}", 'no "name" here'),
    ("{% for o in values.owners if o %}${{ o }}{% endfor %}", "for … if"),
    ("{% for k in values.labels %}${{ k }}{% endfor %}", "a loop over a mapping"),
    ("{% for k, v in values.loose %}${{ k }}{% endfor %}", "a loop with two names"),
    ("{% for s in values.services %}${{ s.open }}{% endfor %}", "s.open prints True"),
    ("{% for o in values.owners %}{% set x = o %}{% endfor %}", "set inside a loop"),
    ("{% for o in values.owners %}${{ loop.cycle('a', 'b') }}{% endfor %}", "cycle() differs"),
    ("{% for o in values.owners %}${{ loop.nextitem }}{% endfor %}", "loop.nextitem differs"),
    ("${{ values.services | selectattr('name', 'equalto', 'x') | first }}", "selectattr takes one"),
    ("${{ values.name | title }}", "the filter title"),
    ("${{ values.owners | map('upper') | join }}", "the filter map"),
    ("${{ values.name.replace('a', 'b') }}", "replace() differs"),
    ("${{ values.owners[-1] }}", "an index below 0"),
    ("${{ values.owners[1:] | join }}", "a slice differs"),
    ("${{ values.name | default('x') }}", "default without true"),
    ("${{ values.loose.items }}", "is a method"),
    ("${{ values.name if values.database }}", "an if without else"),
    ("${{ values.owners + values.owners }}", "+ on these"),
    ("${{ values.name + 1 }}", "+ on these"),
    ("${{ 'a' if values.database is true else 'b' }}", "is true differs"),
    ("{% include 'x' %}", "include differs"),
    ("{% with a = 1 %}${{ a }}{% endwith %}", "with differs"),
    ("a\n{# alone #}\nb", "a comment at the start or end"),
    ("a {# at the end #}\nb", "a comment at the start or end"),
    ("{% raw %}x{% endraw %}", "raw at the start or end"),
]


@pytest.mark.parametrize("template", PORTABLE)
def test_what_means_the_same_to_all_passes(template: str) -> None:
    assert _found(template) == []


@pytest.mark.parametrize(("template", "message"), NOT_PORTABLE, ids=[template for template, _ in NOT_PORTABLE])
def test_what_differs_is_found(template: str, message: str) -> None:
    assert any(message in found for found in _found(template)), _found(template)


def test_a_fault_has_its_line_and_the_portable_form() -> None:
    looked = Portability({"values": VALUES})
    [fault] = looked.faults(parse_content("one\ntwo ${{ values.database }}\n"))
    assert (fault.line, fault.hint) == (2, "write ${{ 'true' if … else 'false' }}")


def test_the_values_read_are_known_afterwards() -> None:
    looked = Portability({"values": VALUES})
    list(looked.faults(parse_content("${{ values.name }}{% if values.database %}${{ values.labels.team }}{% endif %}")))
    assert looked.used == {"name", "database", "labels"}


@pytest.mark.parametrize("template", LISTS["portable"])
def test_what_the_engines_agree_on_passes(template: str) -> None:
    """These lists are held to the engines themselves in tests/conformance/backstage."""
    assert faults_of(template) == []


@pytest.mark.parametrize("template", [*LISTS["refused"], *LISTS["alike_today"]])
def test_what_the_engines_differ_in_is_refused(template: str) -> None:
    assert any(fault.always for fault in faults_of(template))


@pytest.mark.parametrize("template", LISTS["advised"])
def test_what_differs_for_some_values_is_advice(template: str) -> None:
    assert [fault.always for fault in faults_of(template)] == [False] * len(faults_of(template)) != []
