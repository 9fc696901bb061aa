"""Functions that Kubernetes adds to CEL (https://kubernetes.io/docs/reference/using-api/cel/), in Python.

A quantity, URL, address or range is passed on as its text: rules of CRDs use them for comparing and taking apart.
"""

from __future__ import annotations

from functools import cmp_to_key
from ipaddress import ip_address, ip_network
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from itdo_platform_gen.checks.quantity import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction


def _compare(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _is_sorted(items: list[Any]) -> bool:
    return all(_compare(a, b) <= 0 for a, b in pairwise(items))


def _number(text: str) -> Fraction:
    number = parse_quantity(text)
    if number is None:
        message = "no quantity"
        raise ValueError(message)
    return number


def _plain(number: Fraction) -> str:
    """Write a number so that equal quantities are equal text."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.9f}".rstrip("0")


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme) or text.startswith("/")


def _url(text: str) -> str:
    if not _is_url(text):
        message = "no URL"
        raise ValueError(message)
    return text


def _host(text: str) -> str:
    return urlsplit(text).netloc.rpartition("@")[2]


def _hostname(text: str) -> str:
    return urlsplit(text).hostname or ""


def _port(text: str) -> str:
    port = urlsplit(text).port
    return "" if port is None else str(port)


def _ip(text: str) -> Any:
    return ip_address(text)


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _is_cidr(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    prefix = text.partition("/")[2]
    return prefix.isdigit() and str(int(prefix)) == prefix


def _contains_ip(network: str, address: str) -> bool:
    inside, outside = _ip(address), ip_network(network, strict=False)
    return bool(inside.version == outside.version and inside in outside)


def _contains_cidr(network: str, other: str) -> bool:
    outer, inner = ip_network(network, strict=False), ip_network(other, strict=False)
    return bool(outer.version == inner.version and inner.subnet_of(outer))  # type: ignore[arg-type]


def _distinct(items: list[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


FUNCTIONS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("isSorted", "list. -> bool", _is_sorted),
    ("sum", "list. -> any", sum),
    ("min", "list. -> any", min),
    ("max", "list. -> any", max),
    ("distinct", "list. -> list", _distinct),
    ("sort", "list. -> list", lambda items: sorted(items, key=cmp_to_key(_compare))),
    ("sets.contains", "list list -> bool", lambda a, b: all(item in a for item in b)),
    ("sets.intersects", "list list -> bool", lambda a, b: any(item in a for item in b)),
    ("sets.equivalent", "list list -> bool", lambda a, b: all(i in a for i in b) and all(i in b for i in a)),
    ("isQuantity", "text -> bool", lambda text: parse_quantity(text) is not None),
    ("quantity", "text -> text", lambda text: _plain(_number(text))),
    ("isGreaterThan", "text.text -> bool", lambda a, b: _number(a) > _number(b)),
    ("isLessThan", "text.text -> bool", lambda a, b: _number(a) < _number(b)),
    ("compareTo", "text.text -> int", lambda a, b: _compare(_number(a), _number(b))),
    ("sign", "text. -> int", lambda text: _compare(_number(text), 0)),
    ("add", "text.text -> text", lambda a, b: _plain(_number(a) + _number(b))),
    ("add", "text.int -> text", lambda a, b: _plain(_number(a) + b)),
    ("sub", "text.text -> text", lambda a, b: _plain(_number(a) - _number(b))),
    ("sub", "text.int -> text", lambda a, b: _plain(_number(a) - b)),
    ("isInteger", "text. -> bool", lambda text: _number(text).denominator == 1),
    ("asInteger", "text. -> int", lambda text: int(_number(text))),
    ("asApproximateFloat", "text. -> float", lambda text: float(_number(text))),
    ("isURL", "text -> bool", _is_url),
    ("url", "text -> text", _url),
    ("getScheme", "text. -> text", lambda text: urlsplit(text).scheme),
    ("getHost", "text. -> text", _host),
    ("getHostname", "text. -> text", _hostname),
    ("getPort", "text. -> text", _port),
    ("getEscapedPath", "text. -> text", lambda text: urlsplit(text).path),
    ("getQuery", "text. -> any", lambda text: parse_qs(urlsplit(text).query, keep_blank_values=True)),
    ("isIP", "text -> bool", _is_ip),
    ("ip", "text -> text", lambda text: str(_ip(text))),
    ("family", "text. -> int", lambda text: _ip(text).version),
    ("isLoopback", "text. -> bool", lambda text: _ip(text).is_loopback),
    ("isUnspecified", "text. -> bool", lambda text: _ip(text).is_unspecified),
    ("isLinkLocalUnicast", "text. -> bool", lambda text: _ip(text).is_link_local),
    ("isCIDR", "text -> bool", _is_cidr),
    ("cidr", "text -> text", lambda text: str(ip_network(text, strict=False)) if _is_cidr(text) else _number("")),
    ("containsIP", "text.text -> bool", _contains_ip),
    ("containsCIDR", "text.text -> bool", _contains_cidr),
    ("prefixLength", "text. -> int", lambda text: ip_network(text, strict=False).prefixlen),
)
"""Name, `receiver.parameters -> result` or `parameters -> result`, and what it does."""
