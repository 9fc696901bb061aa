"""The lock is read back as it was written, and anything else is refused."""

from __future__ import annotations

import json

import pytest

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.lock import Lock, Made, Provenance, read_lock

LOCK = Lock(
    {"deploy/b": Provenance("greeter", "1.0.0", "d" * 64, "v" * 64, "1.34")},
    {
        "deploy/b/z.yaml": Made("1" * 64, 0o644, "deploy/b"),
        "deploy/b/été.sh": Made("2" * 64, 0o755, "deploy/b"),
    },
)


def test_a_lock_is_one_sorted_line_a_file() -> None:
    assert LOCK.to_bytes().decode() == (
        "{\n"
        '  "apiVersion": "platform.itdo-erp.com/v1",\n'
        '  "kind": "Lock",\n'
        '  "renderings": {\n'
        f'    "deploy/b": {{"blueprint": "greeter", "version": "1.0.0", "digest": "{"d" * 64}", '
        f'"values": "{"v" * 64}", "kubernetes": "1.34"}}\n'
        "  },\n"
        '  "files": {\n'
        f'    "deploy/b/z.yaml": {{"rendering": "deploy/b", "mode": "644", "sha256": "{"1" * 64}"}},\n'
        f'    "deploy/b/\\u00e9t\\u00e9.sh": {{"rendering": "deploy/b", "mode": "755", "sha256": "{"2" * 64}"}}\n'
        "  }\n"
        "}\n"
    )


@pytest.mark.parametrize("lock", [LOCK, Lock()])
def test_a_lock_is_read_back(lock: Lock) -> None:
    assert read_lock(lock.to_bytes(), "platform.lock") == lock


def _with(path: tuple[str, ...], value: object) -> bytes:
    data = json.loads(LOCK.to_bytes())
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b"<<<<<<< ours\n" + LOCK.to_bytes(),
        b"[" * 100_000,
        _with(("kind",), "Platform"),
        _with(("files",), []),
        _with(("files",), ["a"]),
        _with(("files", "a.yaml"), {}),
        _with(("files", "a.yaml"), {"rendering": ".", "mode": "rw", "sha256": ""}),
        _with(("renderings", "."), "greeter"),
        *(
            _with(("files", path), {"rendering": ".", "mode": "644", "sha256": "1" * 64})
            for path in ("../a.yaml", "/etc/passwd", "a/../../b", "", ".git/config", "a//b")
        ),
    ],
    ids=lambda content: content[:20] + content[-150:-90],
)
def test_what_is_no_lock_is_refused(content: bytes) -> None:
    """Files that leave the folder too: an orphan in the lock would be removed."""
    with pytest.raises(DiagnosticsError) as caught:
        read_lock(content, "platform.lock")
    assert str(caught.value).startswith("platform.lock: error[PLT005] not a lock of platform-gen\n  hint: restore it")
