"""Where documentation is kept is said in full."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.reading import at, mapping
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.portal import Portal
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path

_PUBLISHER = ("techdocs", "publisher")
_NEEDED = {"awsS3": "bucketName", "azureBlobStorage": "containerName", "googleGcs": "bucketName"}


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        kind = at(found.data, *_PUBLISHER, "type")
        if isinstance(kind, str) and kind in _NEEDED:
            yield from _storage(found, kind)


def _storage(found: Portal, kind: str) -> Iterator[Finding]:
    storage = mapping(found.data, *_PUBLISHER, kind)
    needed = _NEEDED.get(kind)
    if found.is_whole and needed and needed not in storage and not isinstance(at(found.data, *_PUBLISHER, kind), str):
        path: Path = (*_PUBLISHER, kind) if kind in mapping(found.data, *_PUBLISHER) else _PUBLISHER
        yield found.find(path, f"expected {kind}.{needed}, got none", f"add {needed}")
    account = at(storage, "credentials", "accountName") or storage.get("connectionString")
    if found.is_whole and kind == "azureBlobStorage" and needed in storage and not account:
        message = "expected credentials.accountName or connectionString, got neither"
        yield found.find((*_PUBLISHER, kind), message, "add credentials: {accountName: NAME}")
    credentials = storage.get("credentials")
    if kind == "googleGcs" and isinstance(credentials, str) and not is_open(credentials) and not _is_json(credentials):
        message, hint = "expected the text of a JSON key", "write {$file: KEY.json}, or ${NAME}"
        yield found.find((*_PUBLISHER, kind, "credentials"), message, hint, concealed=True)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


_GOOD = portal("""\
techdocs:
  builder: external
  publisher:
    type: azureBlobStorage
    azureBlobStorage:
      containerName: techdocs
      credentials: {accountName: "${AZURE_ACCOUNT}"}
""")

RULE = Rule(
    code="BST161",
    title="storage of documentation",
    effect="refused",
    reason="TechDocs does not start with a publisher that is not told where its bucket or container is.",
    fix="add what the hint says",
    good=_GOOD,
    bad=_GOOD.replace('      credentials: {accountName: "${AZURE_ACCOUNT}"}\n', ""),
    world=_find,
)
