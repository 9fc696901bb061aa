"""Targets: one document, checked for several versions, told of once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itdo_platform_gen.diagnostics import Diagnostic

    # What makes two findings of different versions the same.
    Identity: TypeAlias = tuple[object, ...]


def merged(found: Mapping[str, Sequence[Diagnostic]]) -> list[Diagnostic]:
    """Join what was found for each version, oldest first: each fault once, with the versions that it is one in.

    The finding is that of the first version that has it; one that all have says nothing of versions.
    """
    versions = list(found)
    first: dict[Identity, Diagnostic] = {}
    having: dict[Identity, list[str]] = {}
    for version, diagnostics in found.items():
        for diagnostic in diagnostics:
            key = _identity(diagnostic, version)
            first.setdefault(key, diagnostic)
            having.setdefault(key, []).append(version)
    return [_told(diagnostic, list(dict.fromkeys(having[key])), versions) for key, diagnostic in first.items()]


def _identity(diagnostic: Diagnostic, version: str) -> Identity:
    message = diagnostic.message.replace(f"Kubernetes {version}", "Kubernetes")
    place = (diagnostic.file, diagnostic.line, diagnostic.column, diagnostic.resource, diagnostic.path)
    return (diagnostic.code, diagnostic.effect, message, *place)


def _told(diagnostic: Diagnostic, having: list[str], versions: list[str]) -> Diagnostic:
    if having == versions:
        return diagnostic
    if having == versions[-len(having) :]:
        told = f"from Kubernetes {having[0]} on"
    elif having == versions[: len(having)]:
        told = f"up to Kubernetes {having[-1]}"
    else:
        told = f"in Kubernetes {', '.join(having)}"
    return replace(diagnostic, message=f"{told}: {diagnostic.message}")
