"""A Secret has the keys that its type asks for."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_builtin
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_NEEDED = {
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
}
_JSON = {".dockercfg", ".dockerconfigjson"}
_ACCOUNT = "kubernetes.io/service-account.name"


def _find(document: Document, _: World) -> Iterator[Finding]:
    if not is_builtin(document):
        return
    kind = at(document.data, "type")
    texts, encoded = mapping(document.data, "stringData"), mapping(document.data, "data")
    if not isinstance(kind, str):
        return
    if kind == "kubernetes.io/basic-auth" and not {"username", "password"} & {*texts, *encoded}:
        yield Finding(document, ("data",), f"expected username or password for type {kind}, got neither")
    if kind == "kubernetes.io/service-account-token":
        if not at(document.data, "metadata", "annotations", _ACCOUNT):
            message = f"expected the annotation {_ACCOUNT} for type {kind}, got none"
            yield Finding(document, ("metadata", "annotations"), message, "name the ServiceAccount there")
        return
    for key in _NEEDED.get(kind, ()):
        section = "stringData" if key in texts else "data"
        if key not in texts and key not in encoded:
            yield Finding(document, ("data", key), f"expected {key} for type {kind}, got none")
            continue
        content = (texts[key] or "") if key in texts else _decoded(encoded[key] or "")
        if key in _JSON and isinstance(content, str) and not _is_json_object(content):
            yield Finding(document, (section, key), "expected a JSON object, got something else")
        elif key == "ssh-privatekey" and content == "":
            yield Finding(document, (section, key), f"expected a key for type {kind}, got an empty text")


def _decoded(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def _is_json_object(content: str) -> bool:
    try:
        return isinstance(json.loads(content), dict | None)
    except (ValueError, RecursionError):
        return False


_GOOD = """\
apiVersion: v1
kind: Secret
metadata: {name: site}
type: kubernetes.io/tls
data: {tls.crt: "", tls.key: ""}
"""

RULE = Rule(
    code="K8S118",
    title="keys of Secrets by type",
    effect="refused",
    reason="Programs that read a Secret of a known type look for certain keys in it.",
    fix="add the key, or use type: Opaque",
    good=_GOOD,
    bad=_GOOD.replace(', tls.key: ""', ""),
    document=_find,
    kinds=("Secret",),
)
