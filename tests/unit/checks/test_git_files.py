"""Addresses of files in repositories; tests/conformance compares more of them with what Backstage reads."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.git_files import repository_of


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("https://github.com/acme/shop/blob/main/a.yaml", "github.com/acme/shop"),
        ("https://gitlab.com/group/sub/shop/-/raw/main/a.yaml", "gitlab.com/group/sub/shop"),
        ("https://git.acme.com/users/alice/repos/orders/browse/a.yaml", "git.acme.com/~alice/orders"),
        ("https://dev.azure.com/acme/shop/_git/orders?path=/a.yaml", "dev.azure.com/acme/shop/_git/orders"),
        ("https://dev.azure.com/acme/shop/_git/orders", None),
        ("https://raw.githubusercontent.com/acme/shop/main/a.yaml", None),
        ("https://example.com/x/blob/y/z.json", None),
        ("https://[", None),
        ("file:///a", None),
    ],
)
def test_the_repository_is_read_out_of_the_address(address: str, repository: str | None) -> None:
    assert repository_of(address) == repository
