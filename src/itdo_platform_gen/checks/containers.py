"""Containers: those of a pod that a server takes, with what names them in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.syntax.node import Path


def own_containers(pod: Pod) -> Iterable[tuple[Path, dict[str, Any]]]:
    """Give the init and regular containers; ephemeral ones come only to a pod that runs."""
    return pod.containers("initContainers", "containers")


def is_plain_init(path: Path, container: dict[str, Any]) -> bool:
    """Tell whether a container at a path runs before the others do, and is no sidecar."""
    return "initContainers" in path and container.get("restartPolicy") != "Always"


def repeated(values: Iterator[tuple[Path, object]]) -> Iterator[tuple[Path, str]]:
    """Give the path of each text that came before, and the text."""
    seen: set[str] = set()
    for path, value in values:
        if not isinstance(value, str) or not value:
            continue
        if value in seen:
            yield path, value
        seen.add(value)
