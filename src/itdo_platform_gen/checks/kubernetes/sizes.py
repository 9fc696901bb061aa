"""What a ConfigMap, a Secret or an object's annotations hold is no more than a server stores, and stands there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_MOST_ANNOTATED = 256 * 1024
_MOST_DATA = 1024 * 1024


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    annotations = mapping(document.data, "metadata", "annotations")
    size = sum(_size(key) + _size(value) for key, value in annotations.items())
    if size > _MOST_ANNOTATED:
        message = f"expected at most {_MOST_ANNOTATED} bytes in all annotations, got {size}"
        yield Finding(document, ("metadata", "annotations"), message)
    if document.kind not in {"ConfigMap", "Secret"}:
        return
    texts = {"ConfigMap": "data", "Secret": "stringData"}[document.kind]
    binary = {"ConfigMap": "binaryData", "Secret": "data"}[document.kind]
    plain, encoded = mapping(document.data, texts), mapping(document.data, binary)
    size = sum(_size(value) for value in plain.values())
    size += sum(_encoded_size(value) for key, value in encoded.items() if key not in plain)
    if size > _MOST_DATA:
        yield Finding(document, (texts,), f"expected at most {_MOST_DATA} bytes of data, got {size}")
    if document.kind == "ConfigMap":
        for key in plain.keys() & encoded.keys():
            yield Finding(document, (texts, key), "the key stands in binaryData too", "keep one", at_key=True)


def _size(value: object) -> int:
    return len(value.encode(errors="replace")) if isinstance(value, str) else 0


def _encoded_size(value: object) -> int:
    return len(value.rstrip("=")) * 3 // 4 if isinstance(value, str) else 0


RULE = Rule(
    code="K8S119",
    title="sizes and keys of data",
    effect="refused",
    reason="A server stores 1 MiB in a ConfigMap or Secret, 256 KiB in annotations, and each key once.",
    fix="split it, or keep large data elsewhere",
    good="""\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: fast}
binaryData: {logo: aW1hZ2U=}
""",
    bad="""\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {logo: fast}
binaryData: {logo: aW1hZ2U=}
""",
    document=_find,
)
