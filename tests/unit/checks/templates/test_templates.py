"""What rules for templates say of templates that are not like their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.entities.template import TEMPLATE
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.settings import Settings
from itdo_platform_gen.checks.validate import examine, validate
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic


def _found(text: str, files: dict[str, str] | None = None) -> list[Diagnostic]:
    return validate([Text("template.yaml", text)], files=GivenFiles(files) if files else None)[1]


def _replaced(old: str, new: str) -> list[tuple[str, str, str | None]]:
    assert old in TEMPLATE
    return [(d.code, d.message, d.hint) for d in _found(TEMPLATE.replace(old, new))]


def test_the_example_is_clean() -> None:
    assert _found(TEMPLATE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("parameters.name }}", "parameters.nam }}", ("BST301", "got nam", "did you mean name?")),
        (
            "parameters.port | default(8080)",
            "parameters.prt | default(8080)",
            ("BST301", "got prt", "did you mean port?"),
        ),
        ("steps.publish.output.remoteUrl", "steps.publsh.output.x", ("BST303", "got publsh", "did you mean publish?")),
        (
            "steps.publish.output.remoteUrl",
            "steps.publish.remoteUrl",
            ("BST303", "got remoteUrl", "steps.publish.output"),
        ),
        (
            "repoUrl: ${{ parameters.repoUrl }}",
            "repoUrl: ${{ steps.register.output.entityRef }}",
            ("BST303", "behind this one", "first"),
        ),
        (
            "steps.publish.output.repoContentsUrl",
            "steps.register.output.entityRef",
            ("BST303", "which is itself", "first"),
        ),
        ("steps.publish.output.remoteUrl", "steps.fetch.output.url", ("BST303", "got url", "it gives none")),
        (
            "action: publish:github",
            "action: publish:githubs",
            ("BST306", "got publish:githubs", "Action/publish:githubs"),
        ),
        ("action: publish:github", "action: acme:do", ("BST306", "acme:do is no action", "Action/acme:do")),
        ("defaultBranch: main", "protectDefaultBranch: ${{ parameters.name }}", ("BST307", "a boolean", None)),
        (
            "parameters.name }}",
            "user.entitty.metadata.name }}",
            ("BST317", "user.entity or user.ref", "did you mean entity?"),
        ),
        ("parameters.name }}", "name }}", ("BST317", "name is the name of nothing", "parameters.name")),
        ("parameters.name }}", "each.value }}", ("BST317", "each is there in a step", "say each:")),
        ("parameters.name }}", "github.ref }}", ("BST317", "github is the name of nothing", "'${{ github.ref }}'")),
        (
            "name: ${{ parameters.name }}",
            "name: '{{ parameters.name }}'",
            ("BST308", "around an expression", "${{ … }}"),
        ),
        ("name: ${{ parameters.name }}", "name: ${{ parameters.name", ("BST308", "not closed", "}}")),
        (
            "parameters.name }}",
            "parameters.name if True else '' }}",
            ("BST308", "True is the name of nothing", "write true"),
        ),
        ("url: ./content", "url: ../content", ("BST318", "below the template's folder", "whole URL")),
        ("url: ./content", "url: ./content\n        targetPath: ../out", ("BST318", "inside the workspace", None)),
        ("url: ${{ steps.publish.output.remoteUrl }}", "url: example.com", ("BST319", "its scheme", None)),
        (
            "{title: Port, type: integer, default: 8080}",
            "{type: int, default: 8080}",
            ("BST313", "no JSON Schema", None),
        ),
        (
            "name: {title: Name, type: string}",
            "name: {type: string, 'ui:field': AcmePicker}",
            ("BST314", "no field", "Field/AcmePicker"),
        ),
    ],
)
def test_faults(old: str, new: str, told: tuple[str, str, str | None]) -> None:
    code, message, hint = told
    found = [each for each in _replaced(old, new) if each[0] == code]
    assert len(found) == 1
    assert message in found[0][1]
    assert hint is None or hint in (found[0][2] or "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("parameters.name }}", "parameters.name === 'a' }}"),
        ("parameters.name }}", "parameters.name | replace(r/a/g, 'b') }}"),
        ("parameters.name }}", "parameters.team if parameters.team else parameters.name }}"),
        ("parameters.name }}", "(parameters.team or parameters.name) }}"),
        ("name: ${{ parameters.name }}", "name: '{% for l in [parameters.name] %}{{ l }}{% endfor %}'"),
        ("name: ${{ parameters.name }}", "name: ${{ parameters | dump }}"),
        ("steps.publish.output.remoteUrl", "steps['publish'].output['remoteUrl']"),
        ("defaultBranch: main", "repoVisibility: ${{ parameters.name }}"),
    ],
)
def test_no_faults(old: str, new: str) -> None:
    assert _replaced(old, new) == []


def test_fields_behind_a_choice_are_fields() -> None:
    fields = "        name: {title: Name, type: string}\n"
    choice = "      dependencies:\n        name: {oneOf: [{properties: {name: {enum: [a]}, team: {type: string}}}]}\n"
    used = "name: ${{ parameters.name }}\n          team: ${{ parameters.team }}"
    text = TEMPLATE.replace("      properties:\n" + fields, choice + "      properties:\n" + fields)
    assert _found(text.replace("name: ${{ parameters.name }}", used)) == []


def test_a_declared_action_is_there() -> None:
    text = Text("template.yaml", TEMPLATE.replace("action: catalog:register", "action: acme:do"))
    settings = Settings(external=frozenset({"Action/acme:do"}))
    assert examine([text], ("1.36",), settings=settings).diagnostics == []


def test_secrets_do_not_reach_conditions() -> None:
    text = TEMPLATE.replace(
        "      action: catalog:register", "      if: ${{ secrets.token }}\n      action: catalog:register"
    )
    assert [(d.code, d.message) for d in _found(text)] == [
        ("BST316", "secrets are not given to if, so that secrets.token is empty")
    ]


def test_a_plain_password_is_advice() -> None:
    found = _found(TEMPLATE.replace("name: {title: Name", "db_password: {type: string}\n        name: {title: Name"))
    assert {(d.code, d.effect, d.path) for d in found if d.code == "BST316"} == {
        ("BST316", "advice", "spec.parameters[0].properties.db_password")
    }


def test_files_that_a_template_renders_are_no_documents() -> None:
    files = {
        "t/template.yaml": TEMPLATE.replace("        templateFileExtension: .jinja\n", ""),
        "t/content/cm.yaml": "kind: '${{ values.name }}'\n",
        "t/other.yaml": "kind: ConfigMap\n",
    }
    texts = [Text(name, content) for name, content in files.items()]
    found = examine(texts, ("1.36",), files=GivenFiles(files))
    assert [document.file for document in found.documents] == ["t/template.yaml", "t/other.yaml"]
    assert {d.file for d in found.diagnostics if d.code.startswith("K8S")} == {"t/other.yaml"}
