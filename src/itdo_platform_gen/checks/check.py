"""Check: documents that stand together, against schemas and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import rules
from itdo_platform_gen.checks.structure import check_structure
from itdo_platform_gen.diagnostics import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.store import Schemas


def check(documents: Sequence[Document], schemas: Schemas, *, resources_only: bool = False) -> list[Diagnostic]:
    """Find what a server of the schemas' targets would refuse, or take and then fail on, in order of place."""
    found = list(check_structure(documents, schemas, resources_only=resources_only))
    for rule in rules():
        found += rule.find(documents)
    return in_order(found)
