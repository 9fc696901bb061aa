"""The store: from the apiVersion and kind of a document to the validator of its schema."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from itdo_platform_gen.errors import PlatformGenError
from itdo_platform_gen.schema.custom import read_folder
from itdo_platform_gen.schema.custom_structure import OBJECT_META
from itdo_platform_gen.schema.custom_validator import CustomValidator
from itdo_platform_gen.schema.definitions import Definitions, Kind, read_definitions, schema_text
from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from itdo_platform_gen.schema.custom import CustomDefinition, CustomKind
    from itdo_platform_gen.schema.violation import Json

_KUBERNETES = "kubernetes.tsv"
_MINORS = ("1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37")


class UnknownTargetError(PlatformGenError):
    """A target is not among those that there are schemas for."""


def kubernetes_versions() -> tuple[str, ...]:
    """Give the Kubernetes minors that documents can be checked against, the oldest first."""
    return _MINORS


class Schemas:
    """The compiled schemas of one set of targets."""

    def __init__(
        self, kubernetes: str, folders: Iterable[Path] = (), definitions: Iterable[CustomDefinition] = ()
    ) -> None:
        """Take the targets, folders of a project's own CRDs, and CRDs that were read: a later one goes before.

        Raises UnknownTargetError where there are no schemas for a target, StoredSchemaError for a folder's file.
        """
        if kubernetes not in _MINORS:
            known = ", ".join(_MINORS)
            message = f"Kubernetes {kubernetes} is not among the targets; there is: {known}"
            raise UnknownTargetError(message)
        self.kubernetes = kubernetes
        kept = [definition for folder in folders for definition in read_folder(folder)]
        self.custom: dict[Kind, CustomKind] = {}
        """The project's own kinds."""
        for definition in (*kept, *definitions):
            self.custom.update({(kind.api_version, kind.kind): kind for kind in definition.kinds})
        self._validators: dict[Kind, Validator] = {}

    def having(self, definitions: Iterable[CustomDefinition]) -> Schemas:
        """Give these schemas and those of further CRDs, which go before."""
        found = Schemas(self.kubernetes, definitions=definitions)
        if not found.custom:
            return self
        found.custom = self.custom | found.custom
        return found

    def find(self, api_version: str, kind: str) -> Validator | None:
        """Give the validator of a kind, None where the targets have no such kind."""
        found = self._validators.get((api_version, kind))
        if found is None and (api_version, kind) in self.custom:
            definitions = _metadata(self.kubernetes)
            found = self._validators[api_version, kind] = CustomValidator(self.custom[api_version, kind], definitions)
        return found or _find(self.kubernetes, api_version, kind)

    def schema(self, api_version: str, kind: str) -> dict[str, Json] | None:
        """Give the JSON Schema of a kind that we ship, None where we ship none."""
        core = next(_all_definitions(self.kubernetes))
        for definitions in _all_definitions(self.kubernetes):
            name = definitions.kinds.get((api_version, kind))
            if name is not None:
                found: dict[str, Json] = json.loads(schema_text(name, definitions, core))
                return found
        return None

    def kinds(self) -> list[Kind]:
        """Give every known apiVersion and kind, sorted."""
        shipped_kinds = {kind for definitions in _all_definitions(self.kubernetes) for kind in definitions.kinds}
        return sorted(shipped_kinds | self.custom.keys())

    def api_versions_of(self, kind: str) -> list[str]:
        """Give the API versions that have a kind, sorted."""
        return [api_version for api_version, name in self.kinds() if name == kind]

    def kinds_of(self, api_version: str) -> list[str]:
        """Give the kinds that an API version has, sorted."""
        return [name for known, name in self.kinds() if known == api_version]


@cache
def _metadata(kubernetes: str) -> dict[str, Json]:
    """Give the definition of metadata, and those it leads to."""
    found: dict[str, Json] = json.loads(schema_text(OBJECT_META, next(_all_definitions(kubernetes))))["definitions"]
    return found


@cache
def _find(kubernetes: str, api_version: str, kind: str) -> Validator | None:
    core = next(_all_definitions(kubernetes))
    for definitions in _all_definitions(kubernetes):
        name = definitions.kinds.get((api_version, kind))
        if name is not None:
            return Validator(json.loads(schema_text(name, definitions, core)))
    return None


def _all_definitions(kubernetes: str) -> Iterator[Definitions]:
    """Give the definitions file by file, Kubernetes' own first: most documents need no others."""
    folder = shipped("schemas")
    yield read_definitions(folder / _KUBERNETES, kubernetes)
    for file in sorted(folder.glob("*.tsv")):
        if file.name != _KUBERNETES:
            yield read_definitions(file, kubernetes)
