"""Origins: where the parts of a rendered document come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Path


class Origin(NamedTuple):
    """Where a part of a document comes from: its place in the template, and the values it took in."""

    mark: Mark
    reads: tuple[Path, ...] = ()
    lookup: Path | None = None
    """The one value it is, where it is nothing else: what lies below it came from below there."""


@dataclass(slots=True)
class Trace:
    """Collects the origins of one document's parts and keys; rendering without it is faster."""

    origins: dict[Path, Origin] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def origin_of(self, path: Path) -> Origin:
        """Give the origin of a part, or of the nearest part around it with the values that are the part's own."""
        for length in range(len(path), -1, -1):
            origin = self.origins.get(path[:length])
            if origin is not None and origin.lookup is not None:
                return Origin(origin.mark, ((*origin.lookup, *path[length:]),))
            if origin is not None:
                return origin
        raise KeyError(path)
