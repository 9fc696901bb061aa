"""What has one safe answer is fixed, and nothing else changes by a byte."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.fixes import fixed
from itdo_platform_gen.syntax.mark import Text

POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: "a:1.0"}]\n'
JSON = '{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": '
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


def _fixed(yaml: str) -> str:
    return fixed(Text("a.yaml", yaml), "1.36")[0].content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{MAP}data: {{a: 3.10, b: no}} # 3.10\n", f'{MAP}data: {{a: "3.10", b: "no"}} # 3.10\n'),
        (f"{MAP}immutable: 'yes'\n", f"{MAP}immutable: true\n"),
        (f"{POD}  priority: '5'\n", f"{POD}  priority: 5\n"),
        (f"{POD}  hostNetwrok: true\n", f"{POD}  hostNetwork: true\n"),
        (f'{POD}  "hostNetwrok": true\n', f'{POD}  "hostNetwork": true\n'),
        (f"{POD}  hostNetwrok: 'true'\n", f"{POD}  hostNetwork: true\n"),
        (f"{MAP}dta: {{a: b}}\r\n# c\r\n", f"{MAP}data: {{a: b}}\r\n# c\r\n"),
        (f"{MAP}data: {{a: 5}}\n---\n{MAP}data: {{a: 6}}\n", f'{MAP}data: {{a: "5"}}\n---\n{MAP}data: {{a: "6"}}\n'),
        (
            "apiVersion: 'policy/v1beta1'\nkind: PodDisruptionBudget\nmetadata: {name: a}\n",
            "apiVersion: 'policy/v1'\nkind: PodDisruptionBudget\nmetadata: {name: a}\n",
        ),
        (
            "apiVersion: extensions/v1beta1\nkind: Ingress\nspec: {rules: [{host: a.example.com}]}\n",
            "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {rules: [{host: a.example.com}]}\n",
        ),
        (f"{JSON}5}}}}", f'{JSON}"5"}}}}'),
        (f"apiVersion: v1\nkind: List\nitems:\n- {{{MAP[:-1].replace(chr(10), ', ')}, data: {{a: 5}}}}\n",
         f'apiVersion: v1\nkind: List\nitems:\n- {{{MAP[:-1].replace(chr(10), ", ")}, data: {{a: "5"}}}}\n'),
    ],
)  # fmt: skip
def test_one_safe_answer_is_made(before: str, after: str) -> None:
    assert _fixed(before) == after
    assert _fixed(after) == after


@pytest.mark.parametrize(
    "yaml",
    [
        f"{MAP}data: {{a: b}}\n",
        f"{MAP}data: {{a: b}}\ndta: {{c: d}}\n",  # the key is there already
        f"{MAP}other: 1\n",  # no key is near
        f"{POD}  priority: five\n",
        f"{MAP}data: {{a: [5]}}\n",
        f"{MAP}data: {{a: &a 5, b: *a}}\n",  # a change would be one in two places
        f"{MAP}data: {{a: !!int 5}}\n",
        "apiVersion: extensions/v1beta1\nkind: Ingress\nspec: {backend: {serviceName: a, servicePort: 1}}\n",
        "apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n",  # v1 or v2
        "apiVersion: example.com/v1\nkind: Widget\nspec: 5\n",
        "a: b: c\n",
        "- 1\n",
        "",
    ],
)
def test_what_has_no_safe_answer_stays(yaml: str) -> None:
    text, told = fixed(Text("a.yaml", yaml), "1.36")
    assert (text.content, told) == (yaml, [])


def test_each_fix_is_told_with_its_place() -> None:
    _, told = fixed(Text("a.yaml", f"{MAP}dta: {{b: 5}}\n"), "1.36")
    assert told == [
        "a.yaml:4:1: fixed ConfigMap/a dta: dta becomes data",
        'a.yaml:4:11: fixed ConfigMap/a data.b: 5 becomes "5"',
    ]
