"""URLs and hosts, as `new URL` of JavaScript tells them."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.appconfig.urls import is_host, is_url, origin_of


@pytest.mark.parametrize(
    "text", ["https://a", "http:a.example.com", "mailto:a", "redis://a:6379", "https://u:p@a:1/b?c#d"]
)
def test_a_url(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text", ["a.example.com", "/a", "https://", "https://a b", "https://a:port", "postgresql://a:5_x"]
)
def test_no_url(text: str) -> None:
    assert not is_url(text)


def test_hosts() -> None:
    assert is_host("a.example.com:8443")
    assert is_host("[::1]:80")
    assert not is_host("https://a.example.com")
    assert not is_host("a/b")


def test_origins() -> None:
    assert origin_of("https://A.example.com:443/b") == "https://a.example.com"
    assert origin_of("http://u:p@a:8080") == "http://a:8080"
