"""The standard: what a world's pods break of the level that they are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.podsecurity import baseline, restricted
from itdo_platform_gen.checks.podsecurity.policy import policy_of
from itdo_platform_gen.checks.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.podsecurity.policy import Policy
    from itdo_platform_gen.checks.podsecurity.violation import Violation
    from itdo_platform_gen.checks.world import World


def broken(world: World, level: str) -> Iterator[Finding]:
    """Find what pods break of the checks that a level adds to the one below it.

    A Pod is refused for it; a workload is accepted, and its pods are refused.
    """
    for pod in world.pods:
        policy = policy_of(pod, world)
        if policy is None:
            continue
        for path, message in _violations(pod, policy, level):
            told = f"{policy.level} pod security: {message}"
            yield Finding(pod.document, path, told, effect=None if pod.document.kind == "Pod" else "fails")


def _violations(pod: Pod, policy: Policy, level: str) -> Iterator[Violation]:
    if level == "restricted":
        checks = restricted.CHECKS if policy.level == "restricted" else ()
    elif policy.level == "restricted":
        instead = restricted.INSTEAD_OF
        checks = tuple(check for check in baseline.CHECKS if policy.version < instead.get(check, policy.version + 1))
    else:
        checks = baseline.CHECKS
    for check in checks:
        yield from check(pod, policy.version)
