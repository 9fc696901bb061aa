"""Embedded: the parts of Kubernetes' own types that stand inside Tekton's.

Tekton's webhooks decode them and look no further: what Kubernetes asks of them beside is asked of the pod, later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.overlay import QUANTITIES
from itdo_platform_gen.checks.quantity import parse_quantity
from itdo_platform_gen.checks.reading import at

if TYPE_CHECKING:
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.schema.violation import Violation

_GROUPS = frozenset({"resolution.tekton.dev", "tekton.dev", "triggers.tekton.dev"})
_DECODED = frozenset({"additionalProperties", "format", "type"})
_NUMBERS = "K8S013"
# Numbers that Go counts in 64 bits; all others do not fit into what they are read into, long before the bounds do.
_LONG = frozenset(
    {
        "activeDeadlineSeconds",
        "expirationSeconds",
        "fsGroup",
        "runAsGroup",
        "runAsUser",
        "terminationGracePeriodSeconds",
    }
)
_MOST = 2**31
_BOUNDS = frozenset({"maximum", "minimum"})


def is_left_to_the_pod(document: Document, violation: Violation) -> bool:
    """Tell whether a document of Tekton is taken with a fault that keeps its pods from being made."""
    if group_of(document) not in _GROUPS or violation.path[:1] == ("metadata",):
        return False
    code = violation.code or ""
    if code.startswith("TKN"):
        return False
    value = at(document.data, *violation.path)
    if code == QUANTITIES:
        return value is None or parse_quantity(value) is not None
    if code == _NUMBERS and isinstance(value, int) and violation.path[-1] not in _LONG:
        return -_MOST <= value < _MOST
    if violation.keyword in _DECODED:
        return value is None and not violation.at_key
    return bool(code) or violation.keyword not in _BOUNDS
