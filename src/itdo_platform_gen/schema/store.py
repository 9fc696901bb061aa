"""The store: from the apiVersion and kind of a document to the validator of its schema."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from itdo_platform_gen.errors import PlatformGenError
from itdo_platform_gen.schema.definitions import Definitions, Kind, read_definitions, schema_text
from itdo_platform_gen.schema.validator import Validator
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

_KUBERNETES = "kubernetes.tsv"
_MINORS = ("1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37")


class UnknownTargetError(PlatformGenError):
    """A target is not among those that there are schemas for."""


def kubernetes_versions() -> tuple[str, ...]:
    """Give the Kubernetes minors that documents can be checked against, the oldest first."""
    return _MINORS


class Schemas:
    """The compiled schemas of one set of targets."""

    def __init__(self, kubernetes: str) -> None:
        """Take the targets; raises UnknownTargetError where there are no schemas for one."""
        if kubernetes not in _MINORS:
            known = ", ".join(_MINORS)
            message = f"Kubernetes {kubernetes} is not among the targets; there is: {known}"
            raise UnknownTargetError(message)
        self.kubernetes = kubernetes

    def find(self, api_version: str, kind: str) -> Validator | None:
        """Give the validator of a kind, None where the targets have no such kind."""
        return _find(self.kubernetes, api_version, kind)

    def kinds(self) -> list[Kind]:
        """Give every known apiVersion and kind, sorted."""
        return sorted(kind for definitions in _all_definitions(self.kubernetes) for kind in definitions.kinds)

    def api_versions_of(self, kind: str) -> list[str]:
        """Give the API versions that have a kind, sorted."""
        return [api_version for api_version, name in self.kinds() if name == kind]

    def kinds_of(self, api_version: str) -> list[str]:
        """Give the kinds that an API version has, sorted."""
        return [name for known, name in self.kinds() if known == api_version]


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
