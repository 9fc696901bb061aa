"""Names: the forms that Kubernetes asks of names, keys and values (k8s.io/apimachinery/pkg/util/validation)."""

from __future__ import annotations

import re

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_QUALIFIED = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_ENV = re.compile(r"[ -<>-~]+")
_PORT = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_LONGEST_SUBDOMAIN = 253
_LONGEST_PORT = 15


def is_dns_label(name: str) -> bool:
    """Tell whether a name is an RFC 1123 label."""
    return _LABEL.fullmatch(name) is not None


def is_dns1035_label(name: str) -> bool:
    """Tell whether a name is an RFC 1035 label, which starts with a letter."""
    return _LABEL_1035.fullmatch(name) is not None


def is_dns_subdomain(name: str) -> bool:
    """Tell whether a name is an RFC 1123 subdomain: labels with dots between them."""
    return len(name) <= _LONGEST_SUBDOMAIN and _SUBDOMAIN.fullmatch(name) is not None


def is_qualified_name(key: str) -> bool:
    """Tell whether a key can be one of a label or annotation: a name, with a subdomain and a slash before it or not."""
    prefix, slash, name = key.rpartition("/")
    return _QUALIFIED.fullmatch(name) is not None and (not slash or is_dns_subdomain(prefix))


def is_label_value(value: str) -> bool:
    """Tell whether a text can be a label's value."""
    return not value or _QUALIFIED.fullmatch(value) is not None


def is_port_name(name: str) -> bool:
    """Tell whether a name is one of a port: an IANA service name, with a letter in it."""
    fits = len(name) <= _LONGEST_PORT and _PORT.fullmatch(name) is not None and "--" not in name
    return fits and any(character.isalpha() for character in name)


def is_env_name(name: str) -> bool:
    """Tell whether a name is one of an environment variable: printable ASCII without =."""
    return _ENV.fullmatch(name) is not None


def is_path_segment(name: str) -> bool:
    """Tell whether a name can stand between two slashes of a URL."""
    return name not in {".", ".."} and "/" not in name and "%" not in name
