"""Every portal that our blueprint makes is one that Backstage starts, on a developer's machine and in production."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.backstage.config.portal import ask
from conformance.sources import ROOT
from itdo_platform_gen.checks.appconfig.substitution import substitutions
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.backstage.config.portal import Verdict

BLUEPRINT = ROOT / "blueprints/backstage-app-config"
EXAMPLE = ROOT / "examples/itdo-erp/rendered/portal"
BASE, OVER = "app-config.yaml", "app-config.production.yaml"
# What takes no text of any kind.
_FORMS = {
    "POSTGRES_PORT": "5432",
    "GITHUB_APP_ID": "1234",
    "TECHDOCS_CREDENTIALS": '{"type": "service_account", "client_email": "a@b.c", "private_key": "d"}',
    "TECHDOCS_ACCOUNT_KEY": "YWJj",
}
_CACHES = {
    "redis": "redis://:password@cache:6379",
    "valkey": "redis://:password@cache:6379",
    "memcache": "u:p@cache:11211",
}


def _portals() -> dict[str, dict[str, str]]:
    """Give the files of every portal, by name."""
    made = {case: render_case(BLUEPRINT, case) for case in cases(BLUEPRINT)}
    found = {case: {name: bundle[name].text for name in (BASE, OVER)} for case, bundle in made.items()}
    return {**found, "example": {name: (EXAMPLE / name).read_text("utf-8") for name in (BASE, OVER)}}


def _environment(files: dict[str, str]) -> dict[str, str]:
    names = {used.name for text in files.values() for line in text.splitlines() for used in substitutions(line)}
    caches = [url for store, url in _CACHES.items() if f"store: {store}\n" in files[OVER]]
    given = {name: _FORMS.get(name, f"value-of-{name.lower()}") for name in names}
    return {**given, "CACHE_CONNECTION": caches[0]} if caches else given


def _in_production(files: dict[str, str]) -> dict[str, Any]:
    return {"files": files, "order": [BASE, OVER], "env": _environment(files)}


@pytest.fixture(scope="module")
def verdicts(portal_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    jobs: dict[str, dict[str, Any]] = {}
    for name, files in _portals().items():
        # Nobody has to set a variable to try the portal out.
        jobs[f"{name} locally"] = {"files": {BASE: files[BASE]}, "order": [BASE], "env": {}}
        jobs[f"{name} in production"] = _in_production(files)
    return ask(portal_modules, jobs, tmp_path_factory.mktemp("portals"))


def test_every_portal_starts(verdicts: dict[str, Verdict]) -> None:
    assert {name: verdict.reason for name, verdict in verdicts.items() if not verdict.accepted} == {}
    assert len(verdicts) == 2 * len(cases(BLUEPRINT)) + 2


def test_no_variable_is_left_out(verdicts: dict[str, Verdict]) -> None:
    """What Backstage read holds the value of every variable, and no guest."""
    for name, files in _portals().items():
        data = verdicts[f"{name} in production"].data
        read = str(data)
        assert [value for value in _environment(files).values() if value not in read and "{" not in value] == []
        assert "guest" not in data["auth"]["providers"]
        assert verdicts[f"{name} locally"].data["auth"]["providers"] == {"guest": {}}


_CHANGES = {
    "skipMetricsLookup": "skipMetrics",
    'token: "${CI_TOKEN}"': "token: short",
    "- name: gke\n": "- name: eks\n",
    "lighthouse:": "lighthause:",
}


def test_the_judge_would_tell(portal_modules: Path, scratch: Path) -> None:
    """The portal with everything, and one word of it changed."""
    files = _portals()["all"]
    jobs = {}
    for written, instead in _CHANGES.items():
        assert written in files[OVER]
        jobs[written] = {**_in_production(files), "files": {**files, OVER: files[OVER].replace(written, instead)}}
    assert [written for written, verdict in ask(portal_modules, jobs, scratch).items() if verdict.accepted] == []
