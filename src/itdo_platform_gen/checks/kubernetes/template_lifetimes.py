"""The pods of a template live as long as its kind wants them to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

_ENDING = {"CronJob", "Job"}
_LASTING = {"DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"}


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    kind, policy = pod.document.kind, pod.spec.get("restartPolicy") or "Always"
    place = (*pod.spec_path, "restartPolicy")
    if kind in _ENDING and policy == "Always":
        got = "Always" if pod.spec.get("restartPolicy") else "none, which is Always"
        yield Finding(
            pod.document, place, f"expected Never or OnFailure in a {kind}, got {got}", "its pods have an end"
        )
    elif kind in _LASTING and policy in ("Never", "OnFailure"):
        message = f"expected Always in a {kind}, got {policy}"
        yield Finding(pod.document, place, message, "leave it out, or use a Job for what has an end")
    deadline = pod.spec.get("activeDeadlineSeconds")
    if kind in _LASTING and deadline is not None:
        place = (*pod.spec_path, "activeDeadlineSeconds")
        message = f"expected no deadline for the pods of a {kind}, got {show(deadline)}"
        yield Finding(pod.document, place, message, "leave it out, or use a Job for what has an end")


_GOOD = """\
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec:
  template:
    spec:
      restartPolicy: Never
      activeDeadlineSeconds: 600
      containers: [{name: import, image: "import:1.0"}]
"""

RULE = Rule(
    code="K8S137",
    title="lifetimes of a template's pods",
    effect="refused",
    reason="The pods of a Job end, and those of other workloads are started again whenever they do.",
    fix="set restartPolicy: Never or OnFailure in Jobs, and leave it out elsewhere",
    good=_GOOD,
    bad=_GOOD.replace("restartPolicy: Never", "restartPolicy: Always"),
    pod=_find,
)
