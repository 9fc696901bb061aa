"""A toleration compares a key with a value, or takes all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mappings
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.toleration import toleration_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World


def _find(pod: Pod, _: World) -> Iterator[Finding]:
    for index, toleration in mappings(pod.spec, "tolerations"):
        for field, message in toleration_faults(toleration):
            yield Finding(pod.document, (*pod.spec_path, "tolerations", index, field), message)


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers: [{name: web, image: "web:1.0"}]
  tolerations: [{key: dedicated, operator: Equal, value: builds}, {operator: Exists, effect: NoExecute}]
"""

RULE = Rule(
    code="K8S155",
    title="tolerations",
    effect="refused",
    reason="Equal compares the value of a key, Exists takes any value or all keys, and only NoExecute takes time.",
    fix="give a key with Equal, no value with Exists, and tolerationSeconds with NoExecute alone",
    good=_GOOD,
    bad=_GOOD.replace("operator: Equal", "operator: Exists"),
    pod=_find,
)
