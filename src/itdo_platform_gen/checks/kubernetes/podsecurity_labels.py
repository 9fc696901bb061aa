"""The labels of a Namespace that set its pod security say a level and a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.names import is_label_value
from itdo_platform_gen.checks.podsecurity.policy import LEVELS, PREFIX, is_version
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_MODES = ("enforce", "audit", "warn")
_NAMES = tuple(f"{mode}{end}" for mode in _MODES for end in ("", "-version"))


def _find(document: Document, _world: World) -> Iterator[Finding]:
    for key, value in mapping(document.data, "metadata", "labels").items():
        if not str(key).startswith(PREFIX):
            continue
        name, path = key.removeprefix(PREFIX), ("metadata", "labels", key)
        if name not in _NAMES:
            hint = suggest(name, _NAMES)
            message = f"Pod Security Admission knows no label {key}, and passes over it"
            yield Finding(document, path, message, hint=hint, effect="advice", severity="warning", at_key=True)
        elif not isinstance(value, str) or not is_label_value(value):
            continue  # no label at all, which others tell of
        elif name in _MODES and value not in LEVELS:
            message = f"expected privileged, baseline or restricted, got {show(value)}"
            yield Finding(document, path, message, hint=suggest(value, LEVELS))
        elif name not in _MODES and not is_version(value):
            message = f"expected latest or a minor version such as v1.36, got {show(value)}"
            yield Finding(document, path, message, hint=_minor(value))


def _minor(value: str) -> str | None:
    numbers = value.lstrip("vV").split(".")[:2]
    near = f"v{'.'.join(numbers)}"
    return f"write {near}" if is_version(near) else None


_GOOD = """\
apiVersion: v1
kind: Namespace
metadata:
  name: dev
  labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: v1.36}
"""

RULE = Rule(
    code="K8S182",
    title="pod security labels",
    effect="refused",
    reason="A Namespace whose labels for pod security say no level or version that there is gets refused.",
    fix="levels are privileged, baseline and restricted; versions latest and v1.N, without a patch",
    good=_GOOD,
    bad=_GOOD.replace("v1.36", "v1.36.1"),
    document=_find,
    kinds=("Namespace",),
)
