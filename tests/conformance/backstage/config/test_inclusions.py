"""What `$include` puts in place is the same, and is held to the same schema, as in Backstage's own loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.backstage.config.corpus import BASE
from conformance.backstage.config.portal import ask
from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.backstage.config.portal import Verdict

_CLUSTERS = "serviceLocatorMethod: {type: multiTenant}\nclusterLocatorMethods: []\n"
_TO_PARTS = "kubernetes: {$include: parts/kubernetes.yaml}\n"
_IN_PARTS = "parts/kubernetes.yaml"
ENV = {name: f"${{{name}}}" for name in ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "NAME", "POSTGRES_PASSWORD")}
ENV["SESSION_SECRET"] = "secret"  # noqa: S105  none of anybody's
FILES: dict[str, dict[str, str]] = {
    "whole": {BASE: _TO_PARTS, _IN_PARTS: _CLUSTERS},
    "empty": {BASE: _TO_PARTS, _IN_PARTS: ""},
    "comment": {BASE: _TO_PARTS, _IN_PARTS: "# nothing\n"},
    "a key too many": {BASE: _TO_PARTS, _IN_PARTS: f"{_CLUSTERS}clusters: []\n"},
    "a value of another type": {BASE: _TO_PARTS, _IN_PARTS: _CLUSTERS.replace("[]", "5")},
    "a cluster that lacks something": {
        BASE: _TO_PARTS,
        _IN_PARTS: _CLUSTERS.replace("[]", "[{type: config, clusters: [{name: a, url: 'https://a'}]}]"),
    },
    "a part": {
        BASE: "kubernetes: {$include: 'all.yml#a.b'}\n",
        "all.yml": f"a: {{b: {{{_CLUSTERS.strip()}}}}}\n".replace("\n", ", ", 1),
    },
    "a part that is not there": {BASE: "kubernetes: {$include: 'all.yml#a.b'}\n", "all.yml": "a: {c: 1}\n"},
    "a part of a text": {BASE: "kubernetes: {$include: 'all.yml#a.b'}\n", "all.yml": "a: b\n"},
    "a part of a list": {BASE: "kubernetes: {$include: 'all.yml#a.0'}\n", "all.yml": "a: [{}]\n"},
    "JSON": {BASE: "organization: {$include: all.json}\n", "all.json": '{"name": "Acme"}'},
    "no JSON": {BASE: "organization: {$include: all.json}\n", "all.json": "{name: Acme}"},
    "YAML that is none": {BASE: "organization: {$include: all.yaml}\n", "all.yaml": "name: [\n"},
    "two documents": {BASE: "organization: {$include: all.yaml}\n", "all.yaml": "name: a\n---\nname: b\n"},
    "a key twice": {BASE: "organization: {$include: all.yaml}\n", "all.yaml": "name: a\nname: b\n"},
    "a text": {BASE: "organization: {name: {$include: all.yaml}}\n", "all.yaml": "Acme\n"},
    "one inside": {
        BASE: _TO_PARTS,
        _IN_PARTS: _CLUSTERS.replace("[]", "[{$include: method.yaml}]"),
        "parts/method.yaml": "type: config\nclusters: {$include: ../clusters.json}\n",
        "clusters.json": '[{"name": "a", "url": "https://a", "authProvider": "google"}]',
    },
    "one inside that is missing": {BASE: _TO_PARTS, _IN_PARTS: _CLUSTERS.replace("[]", "{$include: method.yaml}")},
    "one that is all there is": {
        BASE: "organization: {$include: a.yaml}\n",
        "a.yaml": "$include: b.yaml\n",
        "b.yaml": "name: Acme\n",
    },
    "variables": {BASE: "organization: {$include: a.yaml}\n", "a.yaml": "name: ${NAME}\n"},
    "YAML 1.2": {BASE: "organization: {$include: a.yaml}\n", "a.yaml": "name: yes\n"},
}


@pytest.fixture(scope="module")
def said(portal_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    jobs = {
        name: {
            "files": {**files, BASE: portal(files[BASE])},
            "order": [BASE],
            "env": ENV,
            "start": True,
        }
        for name, files in FILES.items()
    }
    return ask(portal_modules, jobs, tmp_path_factory.mktemp("inclusions"))


@pytest.mark.parametrize("name", FILES)
def test_both_say_the_same(name: str, said: dict[str, Verdict]) -> None:
    files = {**FILES[name], BASE: portal(FILES[name][BASE])}
    documents, found = validate([Text(BASE, files[BASE])], files=GivenFiles(files))
    errors = [str(diagnostic.message) for diagnostic in found if diagnostic.is_error]
    assert (errors == []) is said[name].accepted, (errors, said[name].reason)
    if "BST103" not in {diagnostic.code for diagnostic in found}:
        [ours] = World(documents, "1.36", files=GivenFiles(files)).portals
        assert ours.data.get("kubernetes") == said[name].data.get("kubernetes")
        assert ours.data.get("organization") == said[name].data.get("organization")


def test_both_verdicts_are_among_them(said: dict[str, Verdict]) -> None:
    accepted = [verdict.accepted for verdict in said.values()]
    assert min(accepted.count(True), accepted.count(False)) > 6
