"""Backstage's own scaffolder makes of a blueprint what this library makes: bytes, modes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from conformance.backstage.scaffolder import scaffold
from conformance.repositories import FOLDERS, blueprint_in, differences, examples, sent_tree

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.repositories import Example

_PARTS = {"name": "repo", "owner": "owner", "host": "host"}
each_blueprint = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def _chosen(folder: Path) -> dict[str, str]:
    """Give the parts of a repository's address by the parameters that they answer."""
    named = blueprint_in(folder).backstage.get("repository", {})
    return {parameter: _PARTS[key] for key, parameter in named.items()}


def _parameters(folder: Path, example: Example) -> dict[str, Any]:
    """Give what the form would send: the choice of a repository in place of what it answers."""
    chosen = _chosen(folder)
    parts = {part: example.values[parameter] for parameter, part in chosen.items()}
    place = {"host": "github.com", "owner": "itdo", "repo": "x"} | parts
    rest = {name: value for name, value in example.given.items() if name not in chosen}
    return {**rest, "repoUrl": f"{place['host']}?{urlencode({key: place[key] for key in ('owner', 'repo')})}"}


@each_blueprint
def test_the_handler_gives_our_bytes(modules: Path, folder: Path, scratch: Path) -> None:
    """fetch:template with the values that this library derives; the dry run goes through it too."""
    some = examples(folder)[:30]
    jobs = [
        {"kind": "fetch", "folder": str(folder), "values": example.values, "out": str(scratch / example.name)}
        for example in some
    ]
    _compare(some, scaffold(modules, jobs, scratch))


@each_blueprint
def test_the_dry_run_gives_our_bytes(modules: Path, folder: Path, scratch: Path) -> None:
    """The derived template from its form: defaults and derived values come from its own expressions."""
    usual = [example for example in examples(folder) if _is_known(folder, example)]
    jobs = [{"kind": "dry", "folder": str(folder), "parameters": _parameters(folder, example)} for example in usual]
    results = scaffold(modules, jobs, scratch)
    _compare(usual, results)
    assert {fault for result in results for fault in result["faults"]} == set()
    for example, result in zip(usual, results, strict=True):
        seen = {step["id"]: step for step in result["steps"]}
        assert seen["fetch"]["input"]["values"] == example.values, example.name
        assert all(link.get("url") != "" for link in result["output"]["links"])


def _is_known(folder: Path, example: Example) -> bool:
    """Tell whether a portal that knows the public forges alone offers a repository at this address."""
    hosts = [name for name, part in _chosen(folder).items() if part == "host"]
    return all(example.values[name] in {"github.com", "gitlab.com"} for name in hosts)


@each_blueprint
def test_the_template_is_one(modules: Path, folder: Path) -> None:
    """The catalog takes the derived entity."""
    assert scaffold(modules, [{"kind": "check", "folder": str(folder)}]) == [{"valid": True}]


def _compare(used: list[Example], results: list[dict[str, Any]]) -> None:
    found = {}
    for example, result in zip(used, results, strict=True):
        told = [result["error"]] if "error" in result else differences(example.tree, sent_tree(result["tree"]))
        if told:
            found[example.name] = (example.given, *told)
    assert not found, "\n".join(f"{name}: {told[0]}\n{told[1]}" for name, told in list(found.items())[:5])
