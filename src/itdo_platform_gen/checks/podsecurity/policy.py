"""Policies: the level and version of the standard that the pods of a namespace are held to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from itdo_platform_gen.checks.reading import mapping

if TYPE_CHECKING:
    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

PREFIX = "pod-security.kubernetes.io/"
LEVELS = ("privileged", "baseline", "restricted")
# A version may be of any minor; one that the server does not know yet is as its own.
_VERSION = re.compile(r"v1\.(0|[1-9][0-9]{0,17})")


class Policy(NamedTuple):
    """A level of the standard, as it is in a minor version."""

    level: str
    version: int


def is_version(text: str) -> bool:
    """Tell whether a text is a version of the standard: `latest`, or `v1.36` without a patch."""
    return text == "latest" or _VERSION.fullmatch(text) is not None


def policy_of(pod: Pod, world: World) -> Policy | None:
    """Give the policy that a pod is held to, None where there is none or its Namespace says it wrongly."""
    server = int(world.kubernetes.partition(".")[2])
    labels = _labels(pod, world)
    level = labels.get(f"{PREFIX}enforce", world.pod_security)
    version = labels.get(f"{PREFIX}enforce-version", "latest")
    if level not in LEVELS[1:] or not isinstance(version, str) or not is_version(version):
        return None
    minor = server if version == "latest" else int(version.partition(".")[2])
    return Policy(level, min(minor, server))


def is_undecided(pod: Pod, world: World) -> bool:
    """Tell whether nobody has said what a pod is held to, be it nothing."""
    return world.pod_security is None and f"{PREFIX}enforce" not in _labels(pod, world)


def _labels(pod: Pod, world: World) -> dict[str, Any]:
    namespace = world.find("Namespace", "", pod.document.namespace or "default")
    return mapping(namespace.data, "metadata", "labels") if namespace else {}
