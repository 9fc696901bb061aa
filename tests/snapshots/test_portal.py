"""What holds for every portal and catalog beyond their bytes: secrets by reference, references that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from greeter import write
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.platform import load_platform
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from itdo_platform_gen.render.bundle import Bundle

BLUEPRINTS = Path(__file__).resolve().parents[2] / "blueprints"
PORTAL = BLUEPRINTS / "backstage-app-config"
CATALOG = BLUEPRINTS / "backstage-catalog"
ALL = "catalog-info.yaml"
FILES = ("app-config.yaml", "app-config.production.yaml")
# The one thing in plain sight under a key that a schema of Backstage calls secret.
PLAIN = ":memory:"

every_portal = pytest.mark.parametrize("case", cases(PORTAL))
every_catalog = pytest.mark.parametrize("case", cases(CATALOG))


def _used(bundle: Bundle) -> list[str]:
    return sorted({name for file in FILES for name in re.findall(r"\$\{([^}]*)\}?", bundle[file].text)})


@every_portal
def test_every_variable_is_listed_and_no_other(case: str) -> None:
    """In .env.example, and in the ExternalSecret that the pods take them from."""
    bundle = render_case(PORTAL, case)
    used = _used(bundle)
    assert "AUTH_SESSION_SECRET" in used
    assert [name for name in used if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name)] == []
    assert re.findall(r"^([^#\n]+)=(.*)$", bundle[".env.example"].text, re.MULTILINE) == [(name, "") for name in used]
    for document in bundle.documents:
        if document.kind == "ExternalSecret":
            data: Any = document.data
            assert [entry["secretKey"] for entry in data["spec"]["data"]] == used
            assert [entry["remoteRef"]["property"] for entry in data["spec"]["data"]] == used


@every_portal
def test_every_secret_is_a_variable(case: str) -> None:
    for file in FILES:
        (document,) = render_case(PORTAL, case)[file].documents
        secrets = list(_secrets(document.data))
        assert [(key, value) for key, value in secrets if not re.search(r"\$\{[A-Z]", value) and value != PLAIN] == []
        assert secrets


def _secrets(data: object, key: str = "") -> list[tuple[str, str]]:
    if isinstance(data, dict):
        return [found for inner, value in data.items() for found in _secrets(value, str(inner))]
    if isinstance(data, list):
        return [found for value in data for found in _secrets(value, key)]
    return (
        [(key, str(data))]
        if re.search(r"(secret|token|password|connection|authorization|[a-z]key)$", key, re.IGNORECASE)
        else []
    )


@every_portal
def test_no_image_no_deployment(case: str) -> None:
    """A bundle of files only is what those get who run the portal elsewhere."""
    bundle = render_case(PORTAL, case)
    deployed = [path for path in bundle if path.startswith("deploy/") or path == "kustomization.yaml"]
    kinds = {document.kind for document in bundle.documents if document.kind}
    if deployed:
        assert {"Deployment", "Service", "ServiceAccount", "NetworkPolicy", "Namespace", "Kustomization"} <= kinds
    else:
        assert set(bundle) == {*FILES, ".env.example"}


def _fails(folder: Path, values: dict[str, object]) -> list[str]:
    with pytest.raises(DiagnosticsError) as caught:
        render_blueprint(load_blueprint(folder), values)
    return [f"{one.message}; {one.hint}" if one.hint else one.message for one in caught.value.diagnostics]


def test_two_uses_of_one_variable_are_told() -> None:
    values: dict[str, object] = {
        "base_url": "https://portal.example.com",
        "organization": "Example",
        "git": [{"provider": "github"}, {"provider": "github", "host": "ghe.example.com"}],
        "sign_in": [{"provider": "github"}],
    }
    assert _fails(PORTAL, values) == ['key "GITHUB_TOKEN" comes twice']


def test_the_ports_of_every_address_are_open() -> None:
    values: dict[str, object] = {
        "base_url": "https://portal.example.com",
        "organization": "Example",
        "image": "portal:1.0.0",
        "git": [{"provider": "gitlab", "host": "gitlab.example.com:8929"}],
        "sign_in": [{"provider": "keycloak", "url": "http://keycloak.internal", "realm": "a"}, {"provider": "github"}],
        "kubernetes": {
            "clusters": [{"name": "a", "url": "https://[fd00::1]:16443"}, {"name": "b", "url": "https://[::1]"}]
        },
        "proxy": [{"path": "/a", "target": "https://a.example.com:9443?b=1:2"}],
        "plugins": {"lighthouse": "http://lighthouse.internal:3003/a"},
        "database": {"port": 5433},
        "network": {"ports": [9000, 443]},
    }
    (policy,) = [
        document
        for document in render_blueprint(load_blueprint(PORTAL), values).documents
        if (document.kind, document.name) == ("NetworkPolicy", "backstage")
    ]
    data: Any = policy.data
    open_ports = [entry["port"] for entry in data["spec"]["egress"][-1]["ports"]]
    assert open_ports == [443, 6443, 5433, 8929, 80, 16443, 9443, 3003, 9000]


def _entities(bundle: Bundle) -> dict[str, dict[str, Any]]:
    found = {}
    for document in bundle.documents:
        data: Any = document.data
        found[f"{document.kind.lower()}:default/{document.name}"] = data
    return found


@every_catalog
def test_every_reference_leads_to_an_entity_of_the_catalog(case: str) -> None:
    entities = _entities(render_case(CATALOG, case))
    referred = [
        (name, reference)
        for name, data in entities.items()
        for value in data["spec"].values()
        for reference in (value if isinstance(value, list) else [value])
        if isinstance(reference, str) and re.match(r"[a-z]+:default/", reference)
    ]
    assert [pair for pair in referred if pair[1] not in entities] == []
    assert referred


@every_catalog
def test_one_location_leads_to_every_file(case: str) -> None:
    bundle = render_case(CATALOG, case)
    (location,) = bundle[ALL].documents
    data: Any = location.data
    targets = [target for target in data["spec"]["targets"] if not target.startswith("https://")]
    assert sorted(str(PurePosixPath(target)) for target in targets) == sorted(path for path in bundle if path != ALL)


def _catalog(**service: object) -> dict[str, object]:
    """Give values of a catalog with one service, to which more is given."""
    return {
        "teams": [{"name": "orders"}],
        "systems": [{"name": "shop", "owner": "orders"}],
        "services": [{"name": "a", "owner": "orders", "system": "shop", **service}],
    }


def test_what_nobody_declares_is_told_with_what_there_is() -> None:
    values = {
        **_catalog(consumes=["x"], depends_on=["b"], uses=["q"], part_of="c"),
        "teams": [{"name": "orders", "parent": "compny"}, {"name": "company"}],
        "systems": [{"name": "shop", "owner": "ordrs", "domain": "commerce"}],
        "resources": [{"name": "queue", "type": "queue", "owner": "orders", "system": "sho"}],
    }
    assert sorted(_fails(CATALOG, values)) == [
        'no "b" there; there is: a',
        'no "c" there; there is: a',
        'no "commerce" there',
        'no "compny" there; did you mean company?',
        'no "ordrs" there; did you mean orders?',
        'no "q" there; there is: queue',
        'no "sho" there; did you mean shop?',
        'no "x" there',
    ]


def test_a_team_of_a_person_is_one_of_the_teams() -> None:
    values = {**_catalog(), "people": [{"name": "alice", "teams": ["ordrs"]}]}
    assert _fails(CATALOG, values) == ['no "ordrs" there; did you mean orders?']


def test_two_of_one_name_are_told() -> None:
    values = _catalog()
    values["services"] = [{"name": "a", "owner": "orders"}, {"name": "a", "owner": "orders"}]
    assert set(_fails(CATALOG, values)) == {'key "a" comes twice'}
    values = {**_catalog(database=True), "resources": [{"name": "a-database", "type": "database", "owner": "orders"}]}
    assert _fails(CATALOG, values) == ['key "a-database" comes twice']


def test_people_are_those_of_the_teams_and_those_told_of() -> None:
    values: dict[str, object] = {
        "email_domain": "example.com",
        "teams": [{"name": "one", "members": ["alice", "bob"]}, {"name": "two", "members": ["bob"]}],
        "people": [
            {"name": "alice", "teams": ["two", "one"], "github_id": 583231},
            {"name": "carol", "email": "c@d.e"},
        ],
    }
    entities = _entities(render_blueprint(load_blueprint(CATALOG), values))
    people = {name: data for name, data in entities.items() if data["kind"] == "User"}
    assert {name: data["spec"] for name, data in people.items()} == {
        "user:default/alice": {
            "profile": {"email": "alice@example.com"},
            "memberOf": ["group:default/one", "group:default/two"],
        },
        "user:default/carol": {"profile": {"email": "c@d.e"}, "memberOf": []},
        "user:default/bob": {
            "profile": {"email": "bob@example.com"},
            "memberOf": ["group:default/one", "group:default/two"],
        },
    }
    assert people["user:default/alice"]["metadata"]["annotations"] == {"github.com/user-id": "583231"}


def test_no_definition_out_of_another_repository() -> None:
    """Backstage's catalog refuses it; what the service itself answers is fine."""
    api = {"name": "orders", "definition": "https://github.com/example/orders/blob/main/openapi.yaml"}
    (message,) = _fails(CATALOG, _catalog(apis=[api]))
    assert "blob/main" in message
    api["definition"] = "https://orders.example.com/openapi.json"
    entities = _entities(render_blueprint(load_blueprint(CATALOG), _catalog(apis=[api])))
    assert entities["api:default/orders"]["spec"]["definition"] == {"$text": api["definition"]}


def test_the_files_in_the_documentation_render(tmp_path: Path) -> None:
    text = (BLUEPRINTS.parent / "docs/portal.md").read_text("utf-8")
    files = {name: block for block, name in re.findall(r"```yaml\n(# (\w+\.yaml).*?)```", text, re.DOTALL)}
    write(tmp_path, {**files, "environments/alice.yaml": "{name: alice, owner: alice@example.com, team: orders}"})
    rendered = load_platform(tmp_path / "platform.yaml").render()
    assert list(rendered.renderings) == ["rendered/portal", "rendered/teams", "rendered/environments/alice"]
    assert {f"rendered/teams/{ALL}", "catalog/rendered/environments/alice.yaml"} <= rendered.files.keys()
    assert [(d.code, d.message) for d in rendered.diagnostics] == [
        ("K8S202", "Secret backstage/backstage-tls is not among these documents")
    ], "which the portal's certificate will be"
