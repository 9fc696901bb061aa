"""Git files: addresses at which a forge shows the file of a repository.

Source: what git-url-parse 15.0.0 reads out of them, by which Backstage's catalog tells one repository from another.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_AZURE = re.compile(r"(?:[^/]+/)?[^/]+/_git/[^/]+/?")
_BITBUCKET_SERVER = re.compile(r"(?:.*/)?(projects|users)/([^/]+)/repos/([^/]+)/(?:browse|raw)/.+")
_OTHERS = re.compile(r"([^/]+(?:/[^/]+)+?)/(?:-/)?(?:blob|edit|raw|src|tree)/[^/]+/.+")


def repository_of(address: str) -> str | None:
    """Give the host and the full name of the repository that a file is in: `github.com/acme/orders`.

    None where the address is not one at which a forge shows a file, as far as can be told from it.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    path = unquote(parts.path.strip("/"))
    if host is None:
        return None
    if host == "dev.azure.com":
        found = _AZURE.fullmatch(path) if parse_qs(parts.query).get("path", [""])[0].strip("/") else None
        return f"{host}/{path.strip('/')}" if found else None
    if found := _BITBUCKET_SERVER.fullmatch(path):
        return f"{host}/{'~' if found[1] == 'users' else ''}{found[2]}/{found[3]}"
    found = _OTHERS.fullmatch(path)
    return f"{host}/{found[1]}" if found else None
