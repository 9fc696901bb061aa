"""Each rule for the catalog and for templates has the effect that it says: its examples are judged by Backstage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.backstage.scaffolder import ask_catalog
from itdo_platform_gen.checks.entities.entity import COMPONENT
from itdo_platform_gen.checks.entities.expressions import FILTERS, FUNCTIONS, TESTS, python_word, read_expression
from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.schema.actions import actions
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from itdo_platform_gen.checks.rule import Rule

    Told = dict[str, Any]

RULES = [rule for rule in rules() if re.fullmatch(r"BST[23]\d\d", rule.code)]
OF_TEMPLATES = [rule for rule in RULES if rule.code.startswith("BST3")]
ANSWERS = {
    "name": "orders",
    "port": 8081,
    "repoUrl": "github.com?owner=acme&repo=orders",
    "team": "platform",
    "token": "***",
}
TREE = {"content/README.md.jinja": "# ${{ values.name }}\n"}

STOP = {"BST305", "BST306", "BST307", "BST313", "BST318", "BST320", "BST321"}
"""Rules whose bad example stops the task."""
IN_THE_BROWSER = {"BST314", "BST315"}
"""Rules about what the form shows, of which the server knows nothing."""


def _input(told: Told, step: str) -> Any:
    return dict(told["inputs"])[step]


SILENT: dict[str, Callable[[Told], bool]] = {
    "BST301": lambda told: "team" not in _input(told, "fetch")["values"],
    "BST303": lambda told: "url" not in told["output"]["links"][0],
    "BST304": lambda told: [step for step, _ in told["inputs"]].count("fetch") == 2,
    "BST308": lambda told: told["files"]["README.md"] == "# ${{ parameters.name | slugify }}\n",
    "BST309": lambda told: "register" in dict(told["inputs"]),
    "BST311": lambda told: told["files"][".github/workflows/ci.yml"] == "run: echo \n",
    "BST312": lambda told: "8081" not in told["files"]["README.md"],
    "BST316": lambda told: _input(told, "publish")["secrets"] == {"TOKEN": "***"},
    "BST317": lambda told: told["files"]["README.md"] == "# \n",
}
"""Rules whose bad example runs to its end, with what then is not as its author meant it."""


@pytest.fixture(scope="module")
def verdicts(modules: Path) -> dict[tuple[str, str], Told]:
    """Ask the catalog about both examples of each rule."""
    asked = {(rule.code, side): (getattr(rule, side), rule) for rule in RULES for side in ("good", "bad")}
    jobs = [{"kind": "entity", "text": text, "files": dict(rule.files)} for text, rule in asked.values()]
    return dict(zip(asked, ask_catalog(modules, jobs), strict=True))


@pytest.fixture(scope="module")
def outcomes(modules: Path) -> dict[tuple[str, str], Told]:
    """Run both examples of each rule for templates."""
    asked = {(rule.code, side): (getattr(rule, side), rule) for rule in OF_TEMPLATES for side in ("good", "bad")}
    return dict(zip(asked, ask_catalog(modules, [_run(*each) for each in asked.values()]), strict=True))


def _run(text: str, rule: Rule) -> dict[str, Any]:
    pages = yaml.safe_load(text)["spec"]["parameters"]
    asked = {name for page in pages for name in page["properties"]}
    answers = {name: answer for name, answer in ANSWERS.items() if name in asked}
    return {"kind": "run", "text": text, "parameters": answers, "files": dict(rule.files) or TREE}


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_the_catalog_refuses_what_is_called_refused(verdicts: dict[tuple[str, str], Told], rule: Rule) -> None:
    good, bad = verdicts[rule.code, "good"], verdicts[rule.code, "bad"]
    assert good["accepted"], good["told"]
    assert bad["accepted"] is (rule.effect != "refused"), bad["told"]


@pytest.mark.parametrize("rule", OF_TEMPLATES, ids=[rule.code for rule in OF_TEMPLATES])
def test_what_is_said_to_fail_does(outcomes: dict[tuple[str, str], Told], rule: Rule) -> None:
    good, bad = outcomes[rule.code, "good"], outcomes[rule.code, "bad"]
    assert good["ran"], good["told"]
    assert bad["ran"] is (rule.code not in STOP), bad["told"]
    if rule.code in SILENT:
        assert SILENT[rule.code](bad)
        assert not SILENT[rule.code](good)
    elif rule.code not in STOP:
        assert rule.effect == "advice" or rule.code in IN_THE_BROWSER


def test_actions_are_those_that_are_registered(modules: Path) -> None:
    [told] = ask_catalog(modules, [{"kind": "actions"}])
    assert set(told["ids"]) == set(actions())


CONTEXT = {"parameters": {"a": "x-y", "n": 3, "l": ["p", "q"], "o": {"k": "v"}, "f": False, "e": ""}, "each": {}}
CONSTRUCTS = """\
parameters.a
parameters["a"]
parameters.l[0]
(parameters.a)
parameters.a.split("-")[0]
parameters.l.length
parameters.a === "x"
parameters.a !== "x"
parameters.a == "x"
parameters.n > 1 and parameters.n < 5
parameters.a | upper
parameters.a | default("b")
parameters.l | join(",")
parameters.o | dump
parameters.a | replace(r/x/g, "z")
not parameters.f
parameters.a if parameters.n else "b"
"x" in parameters.a
parameters.a is defined
parameters.a is string
parameters.n + 1
parameters.a ~ "b"
range(3)
always()
parameters.a.toUpperCase()
parameters.a.startsWith("x")
parameters.l.includes("p")
[1, 2]
parameters.n // 2
parameters.a && 1
parameters.a || 1
parameters.a ? 1 : 2
!parameters.a
parameters.a.upper()
parameters.o.items()
parameters.a.strip()
parameters.o.keys()
parameters.a | slugify
parameters.a | tojson
parameters.l | map("x")
parameters.a is empty
parameters.a is mappingg
now()
lipsum()
parameters.a +
( parameters.a
parameters.a |
""".splitlines()


def test_what_cannot_be_rendered_is_told(modules: Path) -> None:
    jobs = [{"kind": "render", "text": f"${{{{ {source} }}}}", "context": CONTEXT} for source in CONSTRUCTS]
    fails = {s: bool(told["told"]) for s, told in zip(CONSTRUCTS, ask_catalog(modules, jobs), strict=True)}
    assert min(list(fails.values()).count(True), list(fails.values()).count(False)) > 10
    assert {source: read_expression(source).fault is not None for source in fails} == fails


def test_examples_of_actions_are_judged_alike(modules: Path) -> None:
    """Every step in the examples that the actions themselves bring, of which not all are right."""
    [told] = ask_catalog(modules, [{"kind": "examples"}])
    assert len(told["steps"]) > 200
    template = {"apiVersion": "scaffolder.backstage.io/v1beta3", "kind": "Template", "metadata": {"name": "a"}}
    differing = []
    for step in told["steps"]:
        text = yaml.safe_dump({**template, "spec": {"type": "x", "steps": [step["step"]]}})
        found = [d.code for d in validate([Text("template.yaml", text)])[1] if d.is_error]
        wrong = bool({"BST306", "BST307"}.intersection(found))
        if wrong is (step["fault"] is None):
            differing.append((step, found))
    assert differing == []


def test_a_colon_in_a_list_is_read_alike(modules: Path) -> None:
    """What libyaml refuses and the catalog's reader takes."""
    text = COMPONENT.replace("tags: [python]", "tags: [lang:python]")
    [told] = ask_catalog(modules, [{"kind": "entity", "text": text}])
    assert told["accepted"]
    assert [d for d in validate([Text("catalog-info.yaml", text)])[1] if d.is_error] == []


def test_words_of_python_are_nothing(modules: Path) -> None:
    jobs = [{"kind": "render", "text": f"${{{{ {word} }}}}", "context": CONTEXT} for word in ("True", "None", "true")]
    values = [told["value"] for told in ask_catalog(modules, jobs)]
    assert values == [None, None, True]
    assert [python_word(word) for word in ("True", "'True'", "a.True", "true")] == [("True", "true"), None, None, None]


def test_filters_tests_and_functions_are_those_of_the_engine(modules: Path) -> None:
    names = [
        *(("filter", name, f"'a' | {name}") for name in sorted(FILTERS)),
        *(("test", name, f"'a' is {name}") for name in sorted(TESTS)),
        *(("function", name, f"{name}()") for name in sorted(FUNCTIONS)),
        ("filter", "tojson", "'a' | tojson"),
    ]
    jobs = [{"kind": "render", "text": f"${{{{ {source} }}}}", "context": {}} for *_, source in names]
    unknown = re.compile(r"Unknown template|resolved to undefined")
    told = zip(names, ask_catalog(modules, jobs), strict=True)
    assert [name for (_, name, _), each in told if unknown.search(str(each["told"]))] == ["tojson"]
