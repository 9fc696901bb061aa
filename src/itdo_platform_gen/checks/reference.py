"""Reference: one place where a document names another thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that a document names at a path, by kind, namespace (empty for what has none) and name.

    `keys` are the keys that are asked of it, each with its path.
    """

    document: Document
    path: Path
    kind: str
    namespace: str
    name: str
    keys: tuple[tuple[Path, str], ...] = ()

    @property
    def full_name(self) -> str:
        """The thing as messages name it: `ConfigMap dev/settings`."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    @property
    def key(self) -> str:
        """The thing as `external:` in platform.yaml names it: `ConfigMap/dev/settings`."""
        return "/".join(part for part in (self.kind, self.namespace, self.name) if part)
