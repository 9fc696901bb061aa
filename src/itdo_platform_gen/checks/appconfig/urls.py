"""URLs and hosts as the portal tells them, which is by what `new URL` makes of them (https://url.spec.whatwg.org)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[^\s/?#\\@:<>^|%\[\]]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SPECIAL = frozenset({"ftp", "http", "https", "ws", "wss"})


def is_host(text: str) -> bool:
    """Tell whether a text is a host, with a port or not."""
    return _HOST.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Tell whether a text is a URL; one of the web needs a host, of others the scheme is enough."""
    match = _SCHEME.fullmatch(text.strip())
    if match is None:
        return False
    if match[1].lower() not in _SPECIAL and not match[2].startswith("//"):
        return True
    host = re.split(r"[/\\?#]", match[2].lstrip("/\\"), maxsplit=1)[0].rpartition("@")[2]
    return is_host(host) or not (host or match[1].lower() in _SPECIAL)


def origin_of(url: str) -> str:
    """Give scheme, host and port of a URL, as a browser sends them."""
    parts = urlsplit(url.strip())
    default = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower().removesuffix(default)}"
