"""Formats of CRDs are as strict as the server that checks them, and no stricter."""

from __future__ import annotations

import pytest

from itdo_platform_gen.schema.custom_format import FORMATS
from itdo_platform_gen.schema.validator import Validator, check_schema

# Each was held against a real API server 1.36 (tests/conformance/kubernetes/test_custom.py).
_TAKEN = {
    "byte": ["YWJj", "YQ=="],
    "cidr": ["10.0.0.0/8", "10.0.0.1/8", "::/0", "10.0.0.0/08"],
    "date": ["2020-01-01"],
    "date-time": ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00.123+01:00", "2020-01-01t00:00:00z"],
    "duration": ["1h", "1h30m", "1.5h", "-1h", "1d", "3 days", "2 weeks", "0"],
    "email": ["a@b", "a@b.c", "Foo <a@b.c>"],
    "hexcolor": ["#fff", "fff", "a1b2c3"],
    "hostname": ["a", "example.com", "a-b", "my-host.example.com", "a==="],
    "ipv4": ["1.2.3.4", "::ffff:1.2.3.4"],
    "ipv6": ["::1", "0:0:0:0:0:0:0:1", "::ffff:1.2.3.4"],
    "mac": ["00:00:5e:00:53:01", "00-00-5e-00-53-01", "0000.5e00.5301"],
    "uri": ["http://x/y", "/abs", "mailto:a@b"],
    "uuid": ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae7dec11d0a76500a0c91e6bf6"],
    "uuid3": ["f81d4fae-7dec-31d0-a765-00a0c91e6bf6"],
    "uuid4": ["F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6"],
    "uuid5": ["f81d4fae-7dec-51d0-a765-00a0c91e6bf6"],
}
_REFUSED = {
    "byte": ["", "YWJ", "a==="],
    "cidr": ["10.0.0.0/33", "10.0.0.0", "a/8"],
    "date": ["2020-13-01", "2020-02-30", "2020-01-01T00:00:00Z"],
    "date-time": ["2020-01-01T00:00:00", "2020-01-01", "2020-06-30T23:59:60Z", "2020-01-01T24:00:00Z"],
    "duration": ["", "a", "10"],
    "email": ["", "a", "a@b@c", "mailto:a@b"],
    "hexcolor": ["", "#ffff", "red"],
    "hostname": ["", "-bad-", "Ex.com.", "a_b.c", "1.2.3.4", "my-host", "2020-01-01"],
    "ipv4": ["1.2.3", "::1", "a"],
    "ipv6": ["1.2.3.4", "00:00:5e:00:53:01", "fe80::1%eth0"],
    "mac": ["", "00:00:5e", "1.2.3.4"],
    "uri": ["", "a", "x y"],
    "uuid": ["", "f81d4fae"],
    "uuid3": ["f81d4fae-7dec-51d0-a765-00a0c91e6bf6"],
    "uuid4": ["f81d4fae-7dec-31d0-a765-00a0c91e6bf6"],
    "uuid5": ["f81d4fae-7dec-31d0-a765-00a0c91e6bf6"],
}


def _cases(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, listed in values.items() for value in listed]


@pytest.mark.parametrize("name", FORMATS)
def test_each_is_a_schema(name: str) -> None:
    assert check_schema({"type": "string", **FORMATS[name]}) == []


@pytest.mark.parametrize(("name", "value"), _cases(_TAKEN))
def test_what_the_server_takes_is_valid(name: str, value: str) -> None:
    assert Validator(FORMATS[name]).explain(value) == []
    assert Validator(FORMATS[name]).is_valid(value)


@pytest.mark.parametrize(("name", "value"), _cases(_REFUSED))
def test_what_the_server_refuses_is_explained(name: str, value: str) -> None:
    assert not Validator(FORMATS[name]).is_valid(value)
    [violation] = Validator(FORMATS[name]).explain(value)
    assert violation.path == ()
    assert violation.message
