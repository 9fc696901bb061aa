"""Templates of other tools are called what they are; what only looks like one is left alone."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"


@pytest.mark.parametrize(
    ("yaml", "said", "line"),
    [
        ("{{- if .Values.x }}\na: b\n{{- end }}\n", "a Helm template", 1),
        ("a: {{ .Values.x }}\n", "a Helm template", 1),
        ("a:\n{{ include `b` . | indent 2 }}\n", "a Helm template", 2),
        (f'{MAP}  a: "{{{{ .Release.Name }}}}"\n', "a Helm template", 5),
        (f"{MAP}  a: x-{{{{ .Values.b }}}}\n", "a Helm template", 5),
        ("{% if x %}\na: b\n{% endif %}\n", "a Jinja template", 1),
        ("a: 1\nb: {{ c }}\n", "a template of another tool", 2),
        (f"{MAP}  a: ${{{{ values.b }}}}\n", "a manifest template of a blueprint", 5),
        (f"{MAP}  ${{{{ if values.b }}}}:\n    a: b\n", "a manifest template of a blueprint", 5),
    ],
)
def test_a_template_is_one_finding(yaml: str, said: str, line: int) -> None:
    documents, found = validate([Text("a.yaml", yaml)])
    assert documents == []
    assert [(d.code, d.line) for d in found] == [("K8S006", line)]
    assert found[0].message == f"this is {said}" + found[0].message.removeprefix(f"this is {said}")
    assert said in found[0].message
    assert found[0].hint is not None
    assert found[0].hint.startswith("render it first")


@pytest.mark.parametrize(
    "yaml",
    [
        f'{MAP}  a: "{{{{ $labels.instance }}}} is down"\n',
        f"{MAP}  a: |\n    {{{{ .Values.b }}}}\n    ${{{{ values.c }}}}\n",
        f'{MAP}  a: "${{{{ secrets.TOKEN }}}}"\n',
        f'{MAP}  a: "says ${{{{ values.b }}}}"\n',
        f"{MAP}  a: &a [b]\n  c: *a\n  d: '{{{{ e }}}}'\n".replace("[b]", "b"),
    ],
)
def test_what_may_stand_in_a_manifest_is_left_alone(yaml: str) -> None:
    assert validate([Text("a.yaml", yaml)])[1] == []


def test_another_fault_than_the_template_is_told_as_it_is() -> None:
    text = Text("a.yaml", f'{MAP}  a: "{{{{ $labels.b }}}}"\n  c: d: e\n')
    assert [(d.code, d.line) for d in validate([text])[1]] == [("YAML001", 6)]
