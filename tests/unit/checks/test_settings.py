"""Checks are turned off or down by a platform's settings and by annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.settings import IGNORE, IGNORE_REASON, Setting, Settings
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.checks.settings import Level

WIDGET = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: big}\n"


def _judge(*entries: Setting, text: str = WIDGET) -> tuple[list[tuple[str, str]], int]:
    found = examine([Text("deploy/a/w.yaml", text)], ("1.36",), settings=Settings(entries))
    return [(diagnostic.code, diagnostic.severity) for diagnostic in found.diagnostics], found.turned_off


@pytest.mark.parametrize("level", ["warning", "error", "notice"])
def test_a_finding_weighs_what_the_setting_says(level: Level) -> None:
    assert _judge(Setting("K8S004", level, "so")) == ([("K8S004", level)], 0)


def test_what_is_off_is_counted() -> None:
    assert _judge(Setting("K8S004", "off", "so")) == ([], 1)


@pytest.mark.parametrize(
    ("setting", "covers"),
    [
        (Setting("K8S001", "off", "so"), False),
        (Setting("K8S004", "off", "so", paths=("deploy/*",)), True),
        (Setting("K8S004", "off", "so", paths=("deploy/b/*", "*.yaml")), True),
        (Setting("K8S004", "off", "so", paths=("a/*",)), False),
        (Setting("K8S004", "off", "so", kinds=("Widget",)), True),
        (Setting("K8S004", "off", "so", kinds=("Pod",)), False),
        (Setting("K8S004", "off", "so", names=("b?g",)), True),
        (Setting("K8S004", "off", "so", names=("B*",)), False),
        (Setting("K8S004", "off", "so", paths=("*",), kinds=("Widget",), names=("small",)), False),
    ],
)
def test_a_setting_covers_what_meets_all_it_names(setting: Setting, covers: bool) -> None:  # noqa: FBT001
    assert (_judge(setting)[1] == 1) is covers


def test_a_later_setting_goes_before_an_earlier_one() -> None:
    general, special = Setting("K8S004", "off", "so"), Setting("K8S004", "error", "so", names=("big",))
    assert _judge(general, special) == ([("K8S004", "error")], 0)
    assert _judge(special, general) == ([], 1)


def test_the_folder_of_a_rendering_is_part_of_the_path() -> None:
    entry = Setting("K8S004", "off", "so", paths=("out/deploy/*",))
    found = examine([Text("deploy/w.yaml", WIDGET)], ("1.36",), settings=Settings((entry,), folder="out/"))
    assert found.turned_off == 1


def test_an_annotation_turns_checks_off_for_its_document() -> None:
    notes = f"{{name: big, annotations: {{{IGNORE}: 'K8S004 , K8S150', {IGNORE_REASON}: so}}}}"
    ignoring = WIDGET.replace("{name: big}", notes)
    assert _judge(text=ignoring) == ([], 1)
    assert _judge(text=f"{ignoring}---\n{WIDGET.replace('Widget', 'Gadget')}") == ([("K8S004", "notice")], 1)


def test_an_annotation_without_a_reason_is_told_of() -> None:
    ignoring = WIDGET.replace("{name: big}", f"{{name: big, annotations: {{{IGNORE}: K8S004}}}}")
    assert _judge(text=ignoring) == ([("K8S007", "notice")], 1)


def test_an_annotation_of_another_type_turns_nothing_off() -> None:
    assert _judge(text=WIDGET.replace("{name: big}", f"{{annotations: {{{IGNORE}: [K8S004]}}}}"))[1] == 0
