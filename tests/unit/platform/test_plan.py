"""What becomes of a file, by what is rendered, what stands there, and what the lock remembers."""

from __future__ import annotations

import pytest

from itdo_platform_gen.platform.lock import Lock, Made
from itdo_platform_gen.platform.plan import OnDisk, make_plan
from itdo_platform_gen.render.bundle import File

OURS = File(b"new")
MADE = Made(File(b"old").digest, 0o644, ".")
BLOCKED = OnDisk(obstacle="a link stands here")


@pytest.mark.parametrize(
    ("rendered", "there", "made", "action", "reason"),
    [
        (OURS, None, None, "create", ""),
        (OURS, None, MADE, "create", ""),
        (OURS, OnDisk(b"new"), MADE, "unchanged", ""),
        (OURS, OnDisk(b"new"), None, "unchanged", ""),
        (OURS, OnDisk(b"old"), MADE, "update", ""),
        (OURS, OnDisk(b"edited"), MADE, "update", "edited by hand since"),
        (OURS, OnDisk(b"new", 0o755), MADE, "update", "edited by hand since"),
        (OURS, OnDisk(b"mine"), None, "conflict", "a file stands here that platform-gen did not make"),
        (OURS, OnDisk(b"new", 0o755), None, "conflict", "a file stands here that platform-gen did not make"),
        (OURS, BLOCKED, MADE, "conflict", "a link stands here"),
        (None, OnDisk(b"old"), MADE, "orphan", "no longer rendered"),
        (None, OnDisk(b"edited"), MADE, "conflict", "no longer rendered, and edited by hand since it was"),
        (None, BLOCKED, MADE, "conflict", "no longer rendered, and a link stands here"),
    ],
)
def test_each_case_has_its_action(
    rendered: File | None, there: OnDisk | None, made: Made | None, action: str, reason: str
) -> None:
    files = {"a.yaml": rendered} if rendered else {}
    tree = {"a.yaml": there} if there else {}
    old = Lock({}, {"a.yaml": made} if made else {})
    plan = make_plan(files, tree, old, Lock())
    assert [(change.action, change.reason) for change in plan] == [(action, reason)]
    assert plan.is_clean == (action == "unchanged")


def test_an_orphan_that_is_gone_already_needs_no_change() -> None:
    assert not make_plan({}, {}, Lock({}, {"a.yaml": MADE}), Lock()).changes


def test_changes_are_in_order_of_path() -> None:
    files = {"b": OURS, "a/c": OURS}
    plan = make_plan(files, {"a.yaml": OnDisk(b"old")}, Lock({}, {"a.yaml": MADE}), Lock())
    assert [change.path for change in plan] == ["a.yaml", "a/c", "b"]


@pytest.mark.parametrize(("root", "place"), [("", "a"), (".", "a"), ("deploy", "deploy/a")])
def test_a_conflict_is_told_by_its_place_with_a_code_for_its_kind(root: str, place: str) -> None:
    plan = make_plan({"a": OURS, "b": OURS}, {"a": OnDisk(b"mine"), "b": BLOCKED}, Lock(), Lock())
    mine, blocked = plan.conflicts(root)
    assert str(mine) == (
        f"{place}: error[FILE006] a file stands here that platform-gen did not make\n"
        "  hint: move it away, or render to another folder"
    )
    assert (blocked.code, blocked.message) == ("FILE007", "a link stands here")
