"""Entities are read as the catalog reads them, and compared with each other; Kubernetes' rules leave them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.entities.entity import COMPONENT, GROUP, OWNED
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.settings import Settings
from itdo_platform_gen.checks.validate import examine, validate
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.diagnostics import Diagnostic


def _found(text: str) -> list[Diagnostic]:
    return validate([Text("catalog-info.yaml", text)])[1]


def _told(text: str) -> list[tuple[str, str, str | None]]:
    return [(d.code, d.effect, d.hint) for d in _found(text)]


def test_yaml_is_that_of_the_catalog() -> None:
    """YAML 1.2, in which `no`, `on` and `12:30` are texts."""
    text = OWNED.replace("type: service", "type: no").replace("tier: gold", "tier: 0o7x")
    assert _found(text) == []
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: no}\n"
    assert [d.code for d in _found(f"{OWNED}---\n{config}")] == ["K8S001"]


def test_a_colon_in_a_list_is_no_fault() -> None:
    """Kubernetes' readers refuse it, the catalog's does not; what is at fault is still shown where it stands."""
    text = OWNED.replace("owner: platform", "owner: platform\n  dependsOn: [component:orders, component:order]")
    [found] = _found(text)
    assert (found.code, found.line, found.column) == ("BST212", 16, 33)
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b:c}\n"
    assert [d.code for d in _found(config)] == ["YAML001"]
    assert [d.code for d in _found(OWNED.replace("tags: [python]", "tags: [[python]"))] == ["YAML001"]


def test_kubernetes_has_no_say() -> None:
    """Names with capitals, a namespace of the catalog beside one of Kubernetes, and what shares a kind's name."""
    entities = COMPONENT.replace("name: orders", "name: Orders_1").replace("namespace: default", "namespace: shop")
    entities = entities.replace("owner: platform", "owner: group:default/platform")
    namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n"
    assert _found(f"{namespace}---\n{entities}---\n{GROUP}") == []


@pytest.mark.parametrize(
    ("version", "kind", "message", "hint"),
    [
        ("backstage.io/v1alpha1", "Componnt", "Backstage has no Componnt", "did you mean Component?"),
        ("backstage.io/v1alpha1", "Template", "Backstage has no Template", "scaffolder.backstage.io/v1beta3"),
        ("backstage.io/v1", "Component", "Backstage has no Component", "backstage.io/v1alpha1, backstage.io/v1beta1"),
        ("-backstage.io/v1alpha1", "Component", "Backstage has no Component", "backstage.io/v1alpha1"),
    ],
)
def test_kinds_and_versions(version: str, kind: str, message: str, hint: str) -> None:
    [found] = _found(f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}\n")
    assert (found.code, found.effect) == ("K8S003", "refused")
    assert message in found.message
    assert hint in (found.hint or "")


def test_a_placeholder_stands_for_any_value() -> None:
    text = OWNED.replace("type: service", "type: {$text: ./type.txt}").replace(
        "tags: [python]", "tags: {$yaml: ./t.yaml}"
    )
    files = GivenFiles({"type.txt": "service", "t.yaml": "[python]"})
    assert validate([Text("catalog-info.yaml", text)], files=files)[1] == []
    assert [d.code for d in _found(OWNED.replace("name: orders", "name: {$text: ./name.txt}"))] == ["K8S001"]


def test_a_missing_owner_has_a_nearest_one() -> None:
    assert _told(OWNED.replace("owner: platform", "owner: plattform")) == [
        ("BST212", "fails", "did you mean platform?")
    ]


def test_an_owner_in_another_namespace_is_found_there() -> None:
    text = OWNED.replace("namespace: default", "namespace: shop")
    assert _told(text) == [("BST212", "fails", "did you mean Group:default/platform?")]


def test_case_makes_no_difference() -> None:
    assert _told(OWNED.replace("owner: platform", "owner: GROUP:Default/Platform")) == []


def test_components_of_other_repositories_are_a_notice() -> None:
    text = OWNED.replace("owner: platform", "owner: platform\n  dependsOn: ['component:cart']")
    [found] = _found(text)
    assert (found.code, found.effect, found.severity) == ("BST212", "advice", "notice")
    near = OWNED.replace("owner: platform", "owner: platform\n  dependsOn: ['component:order']")
    assert _told(near) == [("BST212", "fails", "did you mean orders?")]


@pytest.mark.parametrize("declared", ["Group/platform", "group/default/Platform"])
def test_what_is_declared_outside_is_there(declared: str) -> None:
    settings = Settings(external=frozenset({declared}))
    assert examine([Text("a.yaml", COMPONENT)], ("1.36",), settings=settings).diagnostics == []


def test_each_unseen_entity_is_told_once() -> None:
    texts = [Text("a.yaml", COMPONENT), Text("b.yaml", COMPONENT.replace("name: orders", "name: cart"))]
    assert [(d.code, d.file, d.severity) for d in validate(texts)[1]] == [("BST213", "a.yaml", "notice")]


def test_an_unknown_placeholder_stays_as_it_is() -> None:
    found = {d.code: d.hint for d in _found(OWNED.replace("type: service", "type: {$txt: ./a}"))}
    assert found == {"K8S001": None, "BST217": "did you mean $text?"}


def test_a_file_of_another_repository_is_a_warning() -> None:
    """Whether it is another one, nobody knows offline, but for what the entity itself says."""
    address = "https://github.com/acme/specs/blob/main/orders.txt"
    text = OWNED.replace("type: service", f"type: {{$text: '{address}'}}")
    [found] = _found(text)
    assert (found.code, found.effect, found.severity) == ("BST217", "refused", "warning")
    assert "github.com/acme/specs" in found.message
    assert "a path relative to this file" in (found.hint or "")
    assert _found(text.replace("/specs/", "/orders/")) == []
    assert _found(text.replace("github.com/acme/specs/blob", "raw.githubusercontent.com/acme/specs")) == []


@pytest.mark.parametrize(
    ("key", "content", "message"),
    [
        ("$json", "{a: 1}", "not valid JSON"),
        ("$json", "NaN", "NaN is no value"),
        ("$yaml", "a: 1\n---\nb: 2\n", "expected one document, got 2"),
        ("$yaml", "# nothing\n", "expected one document, got 0"),
        ("$yaml", "a: [", "not valid YAML"),
        ("$yaml", "a: 1\na: 2\n", 'key "a" comes twice'),
    ],
)
def test_what_stands_for_a_placeholder_can_be_read(key: str, content: str, message: str) -> None:
    text = OWNED.replace("owner: platform", f"owner: platform\n  acme: {{{key}: ./it}}")
    [found] = validate([Text("catalog-info.yaml", text)], files=GivenFiles({"it": content}))[1]
    assert (found.code, found.effect, found.severity, found.line) == ("BST217", "refused", "error", 16)
    assert found.message.startswith('"./it" cannot be read: ')
    assert message in found.message


def test_a_circle_of_three_is_told_once() -> None:
    groups = [
        GROUP.replace("name: platform", f"name: {name}").replace("spec: {", f"spec: {{parent: {parent}, ")
        for name, parent in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    found = _found("---\n".join(groups))
    assert [(d.code, d.message) for d in found] == [("BST215", "expected no circle, got a → b → c → a")]


def test_a_path_for_a_definition_gets_its_placeholder() -> None:
    api = (
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\n"
        "spec: {type: openapi, lifecycle: production, owner: platform, definition: ./openapi.yaml}\n"
    )
    assert _told(f"{api}---\n{GROUP}") == [("BST219", "fails", "write $text: ./openapi.yaml")]


def test_a_key_of_a_plugin_is_left_alone() -> None:
    assert _told(OWNED.replace("owner: platform", "owner: platform\n  acme: {x: 1}")) == []
    assert _told(OWNED.replace("  tags:", "  tag: [a]\n  tags:")) == []
    found = _told(OWNED.replace("  tags:", "  tagss:"))
    assert found == [("BST216", "fails", "did you mean tags?")]
