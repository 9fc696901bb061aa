"""Custom kinds: what a project keeps of its own CRDs, one file a CRD, structure only.

A file is `NAME.crd.json`, NAME being that of the CRD; a schema in it is the CRD's own, without what only people read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.errors import PlatformGenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from itdo_platform_gen.schema.violation import Json

SUFFIX = ".crd.json"
_FORMAT = 1


class StoredSchemaError(PlatformGenError):
    """A file of a folder of schemas is not as `platform-gen schema add` wrote it."""


@dataclass(frozen=True, slots=True)
class CustomKind:
    """One served version of a CRD."""

    api_version: str
    kind: str
    schema: Mapping[str, Json]
    """The structural schema, with the extensions that the server acts on."""
    status: bool = False
    """Whether `status` is a subresource, which the server drops from what is created."""


@dataclass(frozen=True, slots=True)
class CustomDefinition:
    """A CRD: its name, `certificates.cert-manager.io`, and its kinds by version."""

    name: str
    kinds: tuple[CustomKind, ...]

    @property
    def file_name(self) -> str:
        """The name of the file it is kept in."""
        return self.name + SUFFIX

    def text(self) -> str:
        """Write it as its file holds it, the same for the same CRD."""
        versions = [
            {"apiVersion": k.api_version, "kind": k.kind, "status": k.status, "schema": k.schema} for k in self.kinds
        ]
        document = {"format": _FORMAT, "name": self.name, "versions": versions}
        return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_folder(folder: Path) -> list[CustomDefinition]:
    """Read the CRDs kept in a folder, by name; a folder that is not there keeps none.

    Raises StoredSchemaError.
    """
    return [_read(file) for file in sorted(folder.glob(f"*{SUFFIX}"))]


def _read(file: Path) -> CustomDefinition:
    try:
        document = json.loads(file.read_text("utf-8"))
        kinds = [
            CustomKind(str(v["apiVersion"]), str(v["kind"]), dict(v["schema"]), bool(v["status"]))
            for v in document["versions"]
        ]
        if document["format"] != _FORMAT:
            message = f"{file}: format {document['format']} is not known to this version of platform-gen"
            raise StoredSchemaError(message)
        return CustomDefinition(str(document["name"]), tuple(kinds))
    except (OSError, ValueError, LookupError, TypeError) as error:
        message = f"{file}: not a schema that `platform-gen schema add` wrote ({type(error).__name__}: {error})"
        raise StoredSchemaError(message) from None
