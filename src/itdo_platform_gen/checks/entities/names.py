"""Names: the forms that the catalog asks of names, keys and values.

Source: KubernetesValidatorFunctions and CommonValidatorFunctions of @backstage/catalog-model 1.10.1. They differ from
Kubernetes' own in length and case.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LONGEST, _LONGEST_SUBDOMAIN = 63, 253
_NAME = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_LABEL = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_TAG = re.compile(r"[a-z0-9:+#]+(-[a-z0-9:+#]+)*")
_SPECIAL = frozenset({"ftp", "http", "https", "ws", "wss"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

NAME = "at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit"
LABEL = "at most 63 lower case letters and digits, with - between them"
TAG = "at most 63 lower case letters, digits, :, + and #, with - between them"
KEY = "a name, or a domain, a slash and a name"


def is_entity_name(name: str) -> bool:
    """Tell whether an entity can have a name; labels' values and keys have the same form."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def is_namespace(name: str) -> bool:
    """Tell whether a namespace of the catalog can have a name."""
    return len(name) <= _LONGEST and _LABEL.fullmatch(name) is not None


def is_key(key: str) -> bool:
    """Tell whether a label or annotation can have a key."""
    prefix, slash, name = key.rpartition("/")
    if not slash:
        return is_entity_name(name)
    domain = len(prefix) <= _LONGEST_SUBDOMAIN and all(map(is_namespace, prefix.split(".")))
    return domain and is_entity_name(name)


def is_tag(tag: str) -> bool:
    """Tell whether a text can be a tag."""
    return len(tag) <= _LONGEST and _TAG.fullmatch(tag) is not None


def is_url(text: str) -> bool:
    """Tell whether JavaScript's URL takes a text: it has a scheme, and one of the web has a host."""
    text = text.strip()
    scheme = _SCHEME.match(text)
    if scheme is None:
        return False
    if scheme[0][:-1].lower() not in _SPECIAL:
        return True
    try:
        host = urlsplit(scheme[0] + "//" + text[scheme.end() :].lstrip("/\\")).hostname
    except ValueError:
        return False
    return bool(host) and not set(host or "") & set(" <>^|%")
