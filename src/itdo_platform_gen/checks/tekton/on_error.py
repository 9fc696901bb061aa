"""What happens after a failure is one of the two things that Tekton knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import task
from itdo_platform_gen.checks.pipelines.graphs import graphs_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS, each_resource
from itdo_platform_gen.checks.pipelines.tasks import task_specs
from itdo_platform_gen.checks.reading import text
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.syntax.node import Path

_KNOWN = ("continue", "stopAndFail")


def _look(resource: Resource) -> Iterator[Finding]:
    for spec in task_specs(resource):
        for step in spec.steps:
            yield from _value(resource, step.path, text(step.data, "onError"))
    for graph in graphs_of(resource):
        for task_ in graph.tasks:
            written, retries = text(task_.data, "onError"), task_.data.get("retries")
            yield from _value(resource, task_.path, written)
            if written == "continue" and isinstance(retries, int) and retries > 0:
                message = f"expected no retries beside onError: continue, got {retries}"
                yield resource.find((*task_.path, "retries"), message, "retry it, or go on without it", at_key=True)


def _value(resource: Resource, path: Path, written: str) -> Iterator[Finding]:
    if written and written not in _KNOWN and not written.startswith("$(params"):
        message = f"expected {' or '.join(_KNOWN)}, got {show(written)}"
        yield resource.find((*path, "onError"), message, suggest(written, _KNOWN))


_GOOD = task("""\
steps:
  - name: lint
    image: IMAGE
    command: [make, lint]
    onError: continue
""")

RULE = Rule(
    code="TKN109",
    title="onError",
    effect="refused",
    reason="After a failure the run goes on with continue, and ends with stopAndFail, which is the default.",
    fix="write continue or stopAndFail",
    good=_GOOD,
    bad=_GOOD.replace("onError: continue", "onError: ignore"),
    document=each_resource(_look),
    kinds=SPEC_KINDS,
)
