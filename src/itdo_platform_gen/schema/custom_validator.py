"""Validators of custom kinds: data as the server sees it, against the schema of its CRD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.schema.custom_structure import draft_7, prepared
from itdo_platform_gen.schema.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itdo_platform_gen.schema.custom import CustomKind
    from itdo_platform_gen.schema.violation import Json, Violation


class CustomValidator(Validator):
    """The schema of one custom kind."""

    __slots__ = ("_kind",)

    def __init__(self, kind: CustomKind, definitions: Mapping[str, Json]) -> None:
        """Take the kind, and the definitions that its metadata needs."""
        super().__init__({**draft_7(kind), "definitions": definitions})
        self._kind = kind

    def is_valid(self, data: object) -> bool:
        """Tell whether the server would find the data valid."""
        return super().is_valid(prepared(self._kind, data))

    def explain(self, data: object) -> list[Violation]:
        """Give what is wrong with data, in the order of the places in it."""
        return super().explain(prepared(self._kind, data))
