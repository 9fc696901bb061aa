"""Addresses: IP addresses and ranges as Kubernetes reads them."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

_IPV4 = 4
_LINK_MULTICAST = {4: ip_network("224.0.0.0/24"), 6: ip_network("ff02::/16")}


def family_of(address: str) -> str | None:
    """Give `IPv4` or `IPv6` for an address, None where it is none."""
    try:
        found = ip_address(without_zeros(address))
    except ValueError:
        return None
    if "%" in address:
        return None
    return "IPv4" if found.version == _IPV4 else "IPv6"


def without_zeros(text: str) -> str:
    """Give an address or range without the zeros that start a number of an IPv4 address, which servers read past."""
    address, slash, length = text.partition("/")
    if "." not in address:
        return text
    start, colon, numbers = address.rpartition(":")
    told = ".".join(number.lstrip("0") or number[-1:] for number in numbers.split("."))
    return f"{start}{colon}{told}{slash}{length}"


def network_of(text: str) -> IPv4Network | IPv6Network | None:
    """Give the range that a CIDR stands for, its host bits cleared, None where it is none."""
    text = without_zeros(text)
    address, slash, length = text.partition("/")
    if not slash or not (length.isascii() and length.isdigit()) or family_of(address) is None:
        return None
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def is_special(address: str) -> bool:
    """Tell whether an address is one that no service can be reached at: unspecified, of this host or of this link."""
    found = ip_address(without_zeros(address))
    if found.is_unspecified or found.is_loopback or found.is_link_local:
        return True
    return found in _LINK_MULTICAST[found.version]
