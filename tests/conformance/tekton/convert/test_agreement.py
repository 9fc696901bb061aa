"""What we convert is, as data, what Tekton's own code converts it to, and its webhook takes the one as the other."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.kubernetes.documents import read_documents
from conformance.tekton.convert.official import Official, build
from conformance.tekton.judge import module_folder
from conformance.toolchain import need, unavailable
from greeter import ROOT
from itdo_platform_gen.convert.convert import convert
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.tekton.judge import Judge

HERE = Path(__file__).parent
KINDS = ("Pipeline", "PipelineRun", "Task", "TaskRun")

# Tekton's conversion forgets these, and so is no judge of them.
_FORGOTTEN = ("pipelineRef", "pipelineSpec")


@pytest.fixture(scope="module")
def official() -> Official:
    need("go")
    try:
        return build()
    except subprocess.CalledProcessError as error:
        unavailable(f"Tekton's conversion could not be built: go ended with {error.returncode}")


@pytest.fixture(scope="module")
def corpus(official: Official, judge: Judge) -> dict[str, str]:  # noqa: ARG001  the modules are there once it is built
    """Documents of v1beta1: our own, the module's tests', and its examples as its own code writes them in v1beta1."""
    folder = module_folder("github.com/tektoncd/pipeline")
    found = dict(_texts(HERE / "documents.yaml"))
    for file in sorted((ROOT / "tests/cases/document/tekton").glob("*.yaml")):
        found |= _texts(file)
    for file in sorted((folder / "test").rglob("*.yaml")):
        found |= {name: text for name, text in _written(file) if "v1beta1" in text}
    examples = dict(entry for file in sorted((folder / "examples").rglob("*.yaml")) for entry in _written(file))
    lowered = official.ask("lower", examples)
    return found | {name: _yaml(data) for name, data in lowered.items() if isinstance(data, dict)}


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    """Give the documents of a file as they are written."""
    for number, text in enumerate(file.read_text("utf-8").split("\n---\n")):
        yield f"{file.name}#{number}", text


def _written(file: Path) -> Iterator[tuple[str, str]]:
    for number, document in enumerate(read_documents(file)):
        if document.get("kind") in KINDS and str(document.get("apiVersion")).startswith("tekton.dev/"):
            yield f"{file.parent.name}/{file.name}#{number}", _yaml(document)


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, sort_keys=False)


@pytest.fixture(scope="module")
def ours(corpus: dict[str, str]) -> dict[str, str]:
    conversions = {name: convert(Text(name, text)) for name, text in corpus.items()}
    return {name: conversion.text.content for name, conversion in conversions.items() if conversion.converted}


def test_there_are_many(corpus: dict[str, str], ours: dict[str, str]) -> None:
    """All but those that hold what v1 has not."""
    left = {
        name: [str(found) for found in convert(Text(name, corpus[name])).diagnostics] for name in corpus.keys() - ours
    }
    assert left == {}
    assert len(ours) > 250


def test_data_is_that_of_the_official_conversion(
    official: Official, corpus: dict[str, str], ours: dict[str, str]
) -> None:
    theirs = official.ask("raise", {name: corpus[name] for name in ours})
    mine = official.ask("read", ours)
    differing = {name for name in ours if _without_forgotten(theirs[name]) != _without_forgotten(mine[name])}
    assert {name: (theirs[name], mine[name]) for name in differing} == {}
    assert [name for name, data in mine.items() if not isinstance(data, dict)] == []


def _without_forgotten(document: Any) -> Any:
    """Take out of tasks of pipelines what the official conversion loses."""
    for spec in _pipelines(document):
        for task in [*spec.get("tasks", ()), *spec.get("finally", ())]:
            for name in _FORGOTTEN:
                task.pop(name, None)
    return document


def _pipelines(document: Any) -> Iterator[dict[str, Any]]:
    spec = document["spec"] if isinstance(document, dict) else {}
    yield spec
    yield spec.get("pipelineSpec", {})


def test_what_was_accepted_stays_accepted(judge: Judge, corpus: dict[str, str], ours: dict[str, str]) -> None:
    before = judge.verdicts({name: corpus[name] for name in ours})
    after = judge.verdicts(ours)
    assert {name: after[name].reason for name in ours if before[name].accepted and not after[name].accepted} == {}


REFERENCE = """\
apiVersion: tekton.dev/v1beta1
kind: {kind}
metadata: {{name: a}}
spec:
  {name}:
    {fields}
"""


@pytest.mark.parametrize(
    ("kind", "name", "fields"),
    [
        ("TaskRun", "taskRef", "{name: build, bundle: 'ghcr.io/a/b:1'}"),
        ("TaskRun", "taskRef", "name: build\n    kind: Task\n    bundle: ghcr.io/a/b:1"),
        ("TaskRun", "taskRef", "name: build\n    kind: ClusterTask"),
        ("PipelineRun", "pipelineRef", "bundle: ghcr.io/a/b:1\n    name: build"),
    ],
)
def test_references_to_bundles_and_cluster_tasks_are_accepted(judge: Judge, kind: str, name: str, fields: str) -> None:
    """Tekton's own conversion lets go of bundles and leaves ClusterTasks, and so is no judge of them."""
    text = REFERENCE.format(kind=kind, name=name, fields=fields)
    conversion = convert(Text("a", text), cluster_tasks_in="ci")
    assert "resolver: " in conversion.text.content
    assert judge.verdicts({"new": conversion.text.content})["new"].accepted
