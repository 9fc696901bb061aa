"""A field that v1 left behind is told once, by who knows what v1 has instead."""

from __future__ import annotations

from itdo_platform_gen.checks.settings import Setting, Settings
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

RUN = """\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: nightly}
spec:
  pipelineSpec: {tasks: [{name: a, taskRef: {name: b}}]}
  timeout: 1h
  timeuot: 1h
"""


def _errors(settings: Settings | None = None) -> list[str]:
    found = examine([Text("run.yaml", RUN)], ("1.36",), settings=settings).diagnostics
    return [f"{diagnostic.code} {diagnostic.path}" for diagnostic in found if diagnostic.is_error]


def test_the_rule_tells_it_instead_of_the_schema() -> None:
    assert _errors() == ["TKN180 spec.timeout", "K8S001 spec.timeuot"]


def test_where_the_rule_is_off_the_schema_still_tells_it() -> None:
    off = Settings(entries=(Setting("TKN180", "off", "ours is old"),))
    assert _errors(off) == ["K8S001 spec.timeout", "K8S001 spec.timeuot"]
