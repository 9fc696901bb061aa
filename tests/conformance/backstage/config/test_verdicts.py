"""The record is what Backstage says, and so is what rules claim of their examples.

To record anew, after a change of the corpus or of the packages, run with RECORD_VERDICTS=true; it takes some minutes.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from conformance.backstage.config.corpus import BASE, RECORD, cases
from conformance.backstage.config.portal import PACKAGE, ask
from conformance.kubernetes import record
from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.sign_in import RESOLVERS
from itdo_platform_gen.checks.appconfig.substitution import substitutions
from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.schema.upstream import backstage_config
from itdo_platform_gen.schema.upstream.backstage_packages import PACKAGES
from itdo_platform_gen.schema.upstream.table import table
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.backstage.config.portal import Verdict
    from itdo_platform_gen.checks.rule import Rule

RULES = [rule for rule in rules() if rule.code.startswith("BST1")]
# What is wrong with their examples shows when the portal runs, or to who reads the file.
_NOT_AT_START = {"BST101", "BST108", "BST121", "BST122", "BST123", "BST124", "BST125", "BST140", "BST141", "BST165"}
_NOT_AT_START |= {"BST166"}


def test_the_schema_is_that_of_the_packages(portal_modules: Path) -> None:
    """What is committed is what Backstage makes of the very packages that the judge has."""
    definitions = backstage_config.definitions_of(backstage_config.merged(portal_modules))
    committed = (shipped("schemas") / backstage_config.FILE).read_text("utf-8")
    assert table({"*": (definitions, {})}) == committed


def test_the_packages_are_those_of_the_schema() -> None:
    pinned = json.loads(PACKAGE.read_text("utf-8"))
    judged = pinned["dependencies"] | pinned["flat"]
    assert {name: judged[name] for name in PACKAGES if name in judged} == {
        name: version for name, version in PACKAGES.items() if name in judged
    }
    assert pinned["flat"].keys() <= PACKAGES.keys()


def test_the_record_is_what_backstage_says(portal_modules: Path, scratch: Path) -> None:
    said = ask(portal_modules, {case.id: case.job for case in cases()}, scratch)
    accepted = {case: verdict.accepted for case, verdict in said.items()}
    if os.environ.get("RECORD_VERDICTS") == "true":
        record.write(accepted, RECORD)
    recorded = record.read(RECORD)
    differing = [case for case in accepted if recorded.get(case) is not accepted[case]]
    assert [f"{case}: {said[case].reason}" for case in differing] == []
    assert len(recorded) == len(accepted)


@pytest.fixture(scope="module")
def examples(portal_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    jobs = {f"{rule.code} {which}": _job(rule, which) for rule in RULES for which in ("good", "bad")}
    return ask(portal_modules, jobs, tmp_path_factory.mktemp("examples"))


def _job(rule: Rule, which: str) -> dict[str, Any]:
    text = rule.good if which == "good" else rule.bad
    # Entities beside an app-config are no part of it.
    text = text.partition("---\napiVersion")[0]
    return {"files": {BASE: text, **rule.files}, "order": [BASE], "env": _values(text)}


def _values(text: str) -> dict[str, str]:
    return {used.name: f"value-of-{used.name.lower()}" for line in text.splitlines() for used in substitutions(line)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_good_example_starts_a_portal(rule: Rule, examples: dict[str, Verdict]) -> None:
    assert examples[f"{rule.code} good"].reason == ""


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_bad_example_is_what_the_rule_says(rule: Rule, examples: dict[str, Verdict]) -> None:
    """Refused where it says so; else taken, or by a strict schema alone refused."""
    verdict = examples[f"{rule.code} bad"]
    if rule.effect == "refused":
        assert not verdict.accepted
    elif rule.effect == "advice" or rule.code in _NOT_AT_START:
        assert verdict.reason == ""


_INSTALLED = ("github", "gitlab", "google", "microsoft", "oauth2", "oidc", "okta")
_OPTIONS = {
    "microsoft": {"tenantId": "a"},
    "oauth2": {"authorizationUrl": "https://a.example.com", "tokenUrl": "https://a.example.com"},
    "oidc": {"metadataUrl": "https://a.example.com/.well-known/openid-configuration"},
    "okta": {"audience": "https://a.example.com"},
}


def test_resolvers_are_those_that_the_modules_have(portal_modules: Path, scratch: Path) -> None:
    """Of all names that any provider has, each is asked for at each provider."""
    names = sorted({name for known in RESOLVERS.values() for name in known})
    jobs = {}
    for provider in _INSTALLED:
        for name in names:
            signed = {"signIn": {"resolvers": [{"resolver": name}]}, "clientId": "a", "clientSecret": "b"}
            one = {provider: {"development": {**signed, **_OPTIONS.get(provider, {})}}}
            files = {
                BASE: portal(),
                "app-config.local.yaml": json.dumps({"auth": {"providers": {"github": None, **one}}}),
            }
            jobs[f"{provider} {name}"] = {"files": files, "env": _values(portal())}
    said = ask(portal_modules, jobs, scratch)
    started = {job for job, verdict in said.items() if not verdict.start}
    assert started == {f"{provider} {name}" for provider in _INSTALLED for name in RESOLVERS[provider]}


@pytest.mark.parametrize(
    ("text", "stage", "reason"),
    [
        ("app: {baseUrl: 'http://a'}\n---\n{}\n", "load", "multiple documents"),
        ("app: {$include: a.txt}\n", "load", "no configuration parser"),
        ("app: {baseUrl: 'http://a'}\n", "schema", "must have required property 'backend'"),
    ],
)
def test_the_judge_refuses_at_every_stage(
    portal_modules: Path, scratch: Path, text: str, stage: str, reason: str
) -> None:
    verdict = ask(portal_modules, {"a": {"files": {BASE: text}, "start": False}}, scratch)["a"]
    assert reason in str(getattr(verdict, stage))


def test_files_are_merged_as_we_merge_them(portal_modules: Path, scratch: Path) -> None:
    from itdo_platform_gen.checks.validate import validate  # noqa: PLC0415  the one test that needs it
    from itdo_platform_gen.checks.world import World  # noqa: PLC0415
    from itdo_platform_gen.syntax.mark import Text  # noqa: PLC0415

    files = {
        BASE: "a: {b: 1, c: [1, 2], d: {e: f, g: null}}\nh: [{i: null}]\nj: text\nk: {l: m}\n",
        "app-config.production.yaml": "a: {c: [3], d: null, n: {o: null}}\nj: {p: q}\nk: text\nr: null\n",
    }
    verdict = ask(portal_modules, {"a": {"files": files, "start": False}}, scratch)["a"]
    documents, _ = validate([Text(name, text) for name, text in files.items()])
    portals = World(documents, "1.36").portals
    assert [len(portal.files) for portal in portals] == [1, 2]
    assert portals[1].data == verdict.data


def test_a_named_database_is_not_the_one_used(portal_modules: Path, scratch: Path) -> None:
    """What the advice on names of databases rests on."""
    rule = next(rule for rule in RULES if rule.code == "BST150")
    jobs = {which: {**_job(rule, which), "ask": "connections"} for which in ("good", "bad")}
    said = ask(portal_modules, jobs, scratch)
    used = {which: {one.get("database") for one in verdict.seen if one} for which, verdict in said.items()}
    assert "backstage_plugin_catalog" in used["bad"]
    assert "portal" not in used["bad"]
    assert "portal" in used["good"]
