"""One blueprint with values for a target."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from greeter import FILES, SERVICE, write
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import Given, given
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.rendering import render_blueprint, target
from itdo_platform_gen.schema.store import UnknownTargetError, kubernetes_versions
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint

PORTS = [{"name": "web"}]


def test_values_are_plain_data_or_sources_of_which_the_last_wins(greeter: Blueprint) -> None:
    plain = render_blueprint(greeter, {"name": "alice", "ports": PORTS})
    sources = render_blueprint(greeter, [Given({"name": "bob", "ports": PORTS}), Given({"name": "alice"})])
    assert {path: file.content for path, file in plain.items()} == {p: f.content for p, f in sources.items()}


def test_values_are_checked_before_anything_is_rendered(greeter: Blueprint) -> None:
    with pytest.raises(DiagnosticsError, match="VAL002"):
        render_blueprint(greeter, {})


def test_what_is_missing_is_blamed_on_the_place_given(greeter: Blueprint) -> None:
    at = compose(Text("platform.yaml", "a: 1\n"))[0].node.mark
    with pytest.raises(DiagnosticsError, match=r"platform.yaml:1:1: error\[VAL002\] values.name"):
        render_blueprint(greeter, {}, at=at)


def test_documents_are_checked(here: Path) -> None:
    write(here / "blueprints/greeter", {"manifests/service.yaml": SERVICE.replace("port:", "prot:")})
    with pytest.raises(DiagnosticsError) as caught:
        render_blueprint(load_blueprint(here / "blueprints/greeter"), {"name": "alice", "ports": PORTS})
    assert {diagnostic.code for diagnostic in caught.value.diagnostics} == {"K8S001"}


def test_the_bundle_carries_warnings_of_blueprint_and_documents(here: Path) -> None:
    blueprint = FILES["blueprints/greeter/blueprint.yaml"].replace(
        "      properties:\n        name", "      properties:\n        shade: {type: string}\n        name"
    )
    widget = "apiVersion: example.com/v1\nkind: Widget\nname: ${{ values.slug }}${{ p.name }}\n"
    write(here / "blueprints/greeter", {"blueprint.yaml": blueprint, "manifests/service.yaml": widget})
    bundle = render_blueprint(load_blueprint(here / "blueprints/greeter"), {"name": "alice", "ports": PORTS})
    assert {(d.code, d.severity) for d in bundle.diagnostics} == {("BLP003", "warning"), ("K8S004", "notice")}


@pytest.mark.parametrize(
    ("made_for", "asked", "version"),
    [
        (None, None, kubernetes_versions()[-1]),
        ("1.30..1.37", None, "1.37"),
        ("1.30..1.33", None, "1.33"),
        ("1.31", None, "1.31"),
        ("1.31", "1.31", "1.31"),
        ("1.20..1.31", "1.30", "1.30"),
        (None, "1.30", "1.30"),
    ],
)
def test_the_target_is_the_one_asked_for_or_the_latest(
    made_for: str | None, asked: str | None, version: str, greeter: Blueprint
) -> None:
    assert target(replace(greeter, kubernetes=made_for), asked) == version


@pytest.mark.parametrize(
    ("made_for", "asked", "message"),
    [
        ("1.31", "1.30", "greeter is not made for Kubernetes 1.30"),
        ("1.20..1.29", None, "greeter is made for Kubernetes 1.20..1.29, of which there are no schemas"),
        ("1.20..1.29", "1.30", "greeter is made for Kubernetes 1.20..1.29, of which there are no schemas"),
    ],
)
def test_a_blueprint_not_made_for_the_target_is_told(
    made_for: str, asked: str | None, message: str, greeter: Blueprint
) -> None:
    with pytest.raises(DiagnosticsError) as caught:
        target(replace(greeter, kubernetes=made_for), asked)
    assert [(d.code, d.message) for d in caught.value.diagnostics] == [("PLT002", message)]


def test_a_target_without_schemas_is_wrong_use(greeter: Blueprint) -> None:
    with pytest.raises(UnknownTargetError, match=r"Kubernetes 1\.99 is not among the targets; there is: 1\.30, "):
        render_blueprint(greeter, {"name": "alice"}, kubernetes="1.99")


def test_values_with_marks_are_shown(greeter: Blueprint) -> None:
    source = given(compose(Text("alice.yaml", "name: Alice\n"))[0].node, [])
    with pytest.raises(DiagnosticsError, match=r"alice.yaml:1:7: error\[VAL003\] values.name"):
        render_blueprint(greeter, [source])
