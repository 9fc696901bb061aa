"""The way of a tree: rendered, edited, rendered again."""

from __future__ import annotations

from pathlib import Path

import pytest

from greeter import ALICE, PLATFORM, RENDERED_CONFIGMAP, RENDERED_SERVICE, tree, write
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.drift import Comparison, compare, unified
from itdo_platform_gen.platform.platform import load_platform

CONFIGMAP = "deploy/alice/configmap.yaml"
SERVICE = "deploy/alice/services/web.yaml"


def _compare() -> Comparison:
    return compare(load_platform(Path("platform.yaml")))


def _actions() -> dict[str, str]:
    return {change.path: change.action for change in _compare().plan}


@pytest.fixture
def rendered(here: Path) -> Path:
    """Give the working folder, its platform rendered."""
    _compare().apply()
    return here


def test_everything_is_made_and_then_nothing_is_touched(here: Path) -> None:
    first = _compare()
    assert not first.is_clean
    assert not first.lock_is_current
    first.apply()
    made = tree(here / "deploy")
    assert made == {"alice/configmap.yaml": RENDERED_CONFIGMAP, "alice/services/web.yaml": RENDERED_SERVICE}
    times = {path: path.stat().st_mtime_ns for path in here.rglob("*")}
    second = _compare()
    assert second.is_clean
    second.apply()
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == times


def test_an_edited_file_is_drift_and_becomes_what_it_was(rendered: Path) -> None:
    (rendered / CONFIGMAP).write_text("mine: true\n")
    comparison = _compare()
    assert next((c.action, c.reason) for c in comparison.plan) == ("update", "edited by hand since")
    comparison.apply()
    assert (rendered / CONFIGMAP).read_text() == RENDERED_CONFIGMAP


def test_permissions_are_drift_too(rendered: Path) -> None:
    (rendered / CONFIGMAP).chmod(0o755)
    assert _actions() == {CONFIGMAP: "update", SERVICE: "unchanged"}
    _compare().apply()
    assert (rendered / CONFIGMAP).stat().st_mode & 0o111 == 0


def test_a_removed_file_comes_back(rendered: Path) -> None:
    (rendered / SERVICE).unlink()
    assert _actions() == {CONFIGMAP: "unchanged", SERVICE: "create"}
    _compare().apply()
    assert (rendered / SERVICE).read_text() == RENDERED_SERVICE


def test_what_is_no_longer_rendered_goes_and_the_folder_left_empty_too(rendered: Path) -> None:
    write(rendered, {"alice.yaml": "name: alice\n"})
    assert _actions() == {CONFIGMAP: "unchanged", SERVICE: "orphan"}
    _compare().apply()
    assert tree(rendered / "deploy") == {"alice/configmap.yaml": RENDERED_CONFIGMAP}


def test_a_rendering_that_is_gone_takes_its_files_along(rendered: Path) -> None:
    write(rendered, {"platform.yaml": PLATFORM[: PLATFORM.index("    - ")].replace("renderings:", "renderings: []")})
    _compare().apply()
    assert not (rendered / "deploy").exists()
    assert _compare().is_clean


def test_an_orphan_that_was_edited_is_kept_and_nothing_is_written(rendered: Path) -> None:
    (rendered / SERVICE).write_text("mine: true\n")
    write(rendered, {"alice.yaml": "name: bob\n"})
    before = tree(rendered)
    with pytest.raises(DiagnosticsError) as caught:
        _compare().apply()
    assert str(caught.value) == (
        f"{SERVICE}: error[FILE006] no longer rendered, and edited by hand since it was\n"
        "  hint: move it away, or render to another folder"
    )
    assert tree(rendered) == before


def test_files_that_are_the_same_are_adopted_without_a_lock(rendered: Path) -> None:
    lock = (rendered / "platform.lock").read_bytes()
    (rendered / "platform.lock").unlink()
    comparison = _compare()
    assert comparison.plan.is_clean
    assert not comparison.is_clean
    comparison.apply()
    assert (rendered / "platform.lock").read_bytes() == lock


def test_without_a_lock_files_that_differ_are_not_ours(rendered: Path) -> None:
    (rendered / "platform.lock").unlink()
    (rendered / CONFIGMAP).write_text("mine: true\n")
    before = tree(rendered)
    with pytest.raises(DiagnosticsError, match="FILE006"):
        _compare().apply()
    assert tree(rendered) == before


def test_a_lock_that_is_a_link_or_a_folder_is_left_alone(rendered: Path) -> None:
    (rendered / "platform.lock").rename(rendered / "elsewhere.lock")
    (rendered / "platform.lock").symlink_to("elsewhere.lock")
    with pytest.raises(DiagnosticsError, match=r"platform.lock: error\[FILE007\] a link stands here"):
        _compare()
    (rendered / "platform.lock").unlink()
    (rendered / "platform.lock").mkdir()
    with pytest.raises(DiagnosticsError, match=r"platform.lock: error\[FILE007\] a folder stands here"):
        _compare()


def test_nothing_outside_the_folder_is_written_by_way_of_a_link(here: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (here / "deploy").symlink_to(tmp_path / "outside")
    with pytest.raises(DiagnosticsError, match=r"FILE007.* a link stands at deploy"):
        _compare().apply()
    assert tree(tmp_path / "outside") == {}


def test_another_version_of_a_blueprint_is_drift_of_the_lock(rendered: Path) -> None:
    file = rendered / "blueprints/greeter/blueprint.yaml"
    file.write_text(file.read_text().replace("version: 1.0.0", "version: 1.0.1"))
    comparison = _compare()
    assert comparison.plan.is_clean
    assert not comparison.lock_is_current


def test_a_change_is_shown_as_a_diff(rendered: Path) -> None:
    write(rendered, {"alice.yaml": ALICE.replace("name: web", "name: api"), CONFIGMAP: "a: 1"})
    diffs = [unified(change) for change in _compare().plan]
    assert diffs[0].splitlines()[:5] == [
        f"--- a/{CONFIGMAP}",
        f"+++ b/{CONFIGMAP}",
        "@@ -1 +1,7 @@",
        "-a: 1",
        "\\ No newline at end of file",
    ]
    assert diffs[1].splitlines()[:2] == ["--- /dev/null", "+++ b/deploy/alice/services/api.yaml"]
    assert diffs[2].splitlines()[:2] == ["--- a/deploy/alice/services/web.yaml", "+++ /dev/null"]
    assert diffs[2].count("\n-") == 9
