"""Limits: what the LimitRanges of a namespace fill in and allow (pkg `limitranger` of the server does both)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.reading import mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


@dataclass(frozen=True, slots=True)
class Limit:
    """One entry of a LimitRange: `type` is Container, Pod or PersistentVolumeClaim."""

    document: Document
    entry: dict[str, Any]

    @property
    def type(self) -> str:
        """What it limits."""
        return text(self.entry, "type")


@dataclass(frozen=True, slots=True)
class Limits:
    """The entries of a namespace, and what they fill in for containers that say nothing."""

    entries: list[Limit] = field(default_factory=list)
    limits: dict[str, Any] = field(default_factory=dict)
    requests: dict[str, Any] = field(default_factory=dict)

    def amounts(self, container: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the requests and limits that a container ends up with."""
        own = mapping(container, "resources", "limits")
        asked = {**own, **mapping(container, "resources", "requests")}
        return {**self.requests, **asked}, {**self.limits, **own}


NONE = Limits()


def limits_of(world: World) -> Mapping[str, Limits]:
    """Give the limits of each namespace that has a LimitRange."""
    found: dict[str, Limits] = defaultdict(Limits)
    for document in world.builtin("LimitRange"):
        for _, entry in mappings(document.data, "spec", "limits"):
            limits = found[document.namespace]
            limits.entries.append(Limit(document, entry))
            if text(entry, "type") == "Container":
                most = {**mapping(entry, "max"), **mapping(entry, "default")}
                limits.limits.update(most)
                limits.requests.update({**mapping(entry, "min"), **most, **mapping(entry, "defaultRequest")})
    return found
