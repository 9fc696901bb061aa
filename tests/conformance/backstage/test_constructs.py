"""What the linter says of each construct is true: it is rendered by the engines themselves."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from conformance.backstage.scaffolder import scaffold
from conformance.toolchain import need
from constructs import LISTS, VALUES
from itdo_platform_gen.syntax.jinja import ContentError, compile_content, parse_content

if TYPE_CHECKING:
    from pathlib import Path

FAILED = None


@pytest.fixture(scope="module")
def rendered(modules: Path) -> dict[str, tuple[str | None, str | None]]:
    """Give for each template what Copier's Jinja2 and Backstage's engine make of it, None where they fail."""
    need(modules=("copier",))
    from copier._main import Worker  # noqa: PLC0415  it may not be installed

    from conformance.repositories import SAMPLE  # noqa: PLC0415

    environment = Worker(src_path=str(SAMPLE)).jinja_env
    templates = [template for listed in LISTS.values() for template in listed]
    told = scaffold(modules, [{"kind": "text", "template": template, "values": VALUES} for template in templates])
    found: dict[str, tuple[str | None, str | None]] = {}
    for template, result in zip(templates, told, strict=True):
        by_copier: str | None = FAILED
        with suppress(Exception):  # whatever it is, it renders nothing
            by_copier = environment.from_string(template).render(values=VALUES, _copier_answers={})
        found[template] = (by_copier, result.get("text", FAILED))
    return found


def _ours(template: str) -> str | None:
    try:
        return compile_content(parse_content(template))(
            {"values": VALUES, "_copier_answers": {"_commit": "", "_src_path": ""}}
        )
    except ContentError:
        return FAILED


def test_what_is_portable_gives_the_same_everywhere(rendered: dict[str, tuple[str | None, str | None]]) -> None:
    """Our bytes, Copier's and Backstage's."""
    found = {template: (_ours(template), *rendered[template]) for template in LISTS["portable"]}
    assert {template: results for template, results in found.items() if len({*results}) > 1 or None in results} == {}


def test_what_is_refused_differs_or_fails(rendered: dict[str, tuple[str | None, str | None]]) -> None:
    """Nothing is refused without cause; what is, and yet is alike today, stands in a list of its own."""
    assert [t for t in LISTS["refused"] if len({*rendered[t]}) == 1 and rendered[t][0] is not FAILED] == []
