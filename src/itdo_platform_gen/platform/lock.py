"""Lock: `platform.lock`, which records what was made from what."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError

if TYPE_CHECKING:
    from collections.abc import Mapping

API_VERSION = "platform.itdo-erp.com/v1"
KIND = "Lock"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the files of one rendering were made from; digests are SHA-256 in hexadecimal."""

    blueprint: str
    version: str
    blueprint_digest: str
    values_digest: str
    kubernetes: str


@dataclass(frozen=True, slots=True)
class Made:
    """One file made: the digest and permissions it was written with, and the folder of its rendering."""

    digest: str
    mode: int
    rendering: str


@dataclass(frozen=True, slots=True)
class Lock:
    """Every file made, by path relative to the platform file, and every rendering's provenance, by folder."""

    renderings: Mapping[str, Provenance] = field(default_factory=dict)
    files: Mapping[str, Made] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Write the lock: JSON, one line a file, sorted, so that two branches merge line by line."""
        renderings = {
            to: {
                "blueprint": p.blueprint,
                "version": p.version,
                "digest": p.blueprint_digest,
                "values": p.values_digest,
                "kubernetes": p.kubernetes,
            }
            for to, p in self.renderings.items()
        }
        files = {
            path: {"rendering": made.rendering, "mode": f"{made.mode:o}", "sha256": made.digest}
            for path, made in self.files.items()
        }
        return (
            "{\n"
            f'  "apiVersion": {json.dumps(API_VERSION)},\n'
            f'  "kind": {json.dumps(KIND)},\n'
            f'  "renderings": {_lines(renderings)},\n'
            f'  "files": {_lines(files)}\n'
            "}\n"
        ).encode()


def _lines(entries: Mapping[str, object]) -> str:
    if not entries:
        return "{}"
    lines = [f"    {json.dumps(key)}: {json.dumps(entries[key])}" for key in sorted(entries)]
    return "{\n" + ",\n".join(lines) + "\n  }"


def read_lock(content: bytes, name: str) -> Lock:
    """Read a lock.

    Raises DiagnosticsError where it is none, as after a merge that left its marks, or names files outside its folder.
    """
    try:
        data = json.loads(content)
        if data["apiVersion"] != API_VERSION or data["kind"] != KIND:
            raise KeyError("kind")  # noqa: TRY301
        if any(path_fault(path) for path in data["files"]):
            raise KeyError("files")  # noqa: TRY301  an orphan is removed: a path must not leave the folder
        return Lock(
            {to: _provenance(entry) for to, entry in data["renderings"].items()},
            {path: _made(entry) for path, entry in data["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "restore it from git; or remove it, and files that differ from what is rendered become conflicts"
        raise DiagnosticsError([Diagnostic("PLT005", "not a lock of platform-gen", name, hint=hint)]) from None


def _provenance(entry: Any) -> Provenance:
    names = ("blueprint", "version", "digest", "values", "kubernetes")
    return Provenance(*(str(entry[name]) for name in names))


def _made(entry: Any) -> Made:
    return Made(str(entry["sha256"]), int(entry["mode"], 8), str(entry["rendering"]))
