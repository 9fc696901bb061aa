"""Where a file may go."""

from __future__ import annotations

import pytest

from itdo_platform_gen.blueprint.paths import path_fault


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "a.yaml",
        "a/b/c.yaml",
        ".github/workflows/ci.yaml",
        "a b",
        "é/日本.yaml",
        "a/..b",
        "...",
        ".gitignore",
        "ab:c",
    ],
)
def test_a_path_within_the_folder_is_good(path: str) -> None:
    """Any name that a file system has."""
    assert path_fault(path) is None


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "the path is empty"),
        ("/etc/passwd", 'path "/etc/passwd" is absolute'),
        ("C:/a", 'path "C:/a" is absolute'),
        ("c:a", 'path "c:a" is absolute'),
        ("..", 'path ".." leaves its folder'),
        ("../a", 'path "../a" leaves its folder'),
        ("a/../../b", 'path "a/../../b" leaves its folder'),
        ("a/..", 'path "a/.." leaves its folder'),
        ("a//b", 'path "a//b" has an empty part'),
        ("./a", 'path "./a" has an empty part'),
        ("a/", 'path "a/" has an empty part'),
        ("a\\b", r"path 'a\\b' has a control character or a backslash"),
        ("..\\a", r"path '..\\a' has a control character or a backslash"),
        ("a\nb", r"path 'a\nb' has a control character or a backslash"),
        ("a\0b", r"path 'a\x00b' has a control character or a backslash"),
        (".git/config", 'path ".git/config" reaches into .git'),
        ("a/.GIT/hooks/x", 'path "a/.GIT/hooks/x" reaches into .git'),
        ("a" * 256, "path of 256 characters is too long"),
        ("é" * 128, "path of 128 characters is too long"),
        ("a/" * 512 + "b", "path of 1025 characters is too long"),
    ],
)
def test_a_path_that_is_at_fault_is_told_why(path: str, message: str) -> None:
    """It is absolute, leaves its folder, or is nothing a file system takes everywhere."""
    fault = path_fault(path)
    assert fault is not None
    assert fault[0] == message
