"""The pinned packages of others give what is committed in `schemas/`, byte for byte."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from conformance.toolchain import need, unavailable
from itdo_platform_gen.schema import build
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from itdo_platform_gen.schema.upstream.sources import Source

    Parts = Callable[[], Iterable[tuple[str, Source]]]

SCHEMAS = shipped("schemas")


@pytest.mark.parametrize(
    ("program", "parts"),
    [
        ("python", lambda: [build.kubernetes_part()]),
        ("npm", build.backstage_parts),
        ("npm", lambda: [build.backstage_part()]),
        ("go", build.tekton_parts),
    ],
    ids=["kubernetes", "backstage", "app-config", "tekton"],
)
def test_each_part_is_built_anew(program: str, parts: Parts) -> None:
    need(program, modules=("kubernetes_validate",))
    try:
        made = list(parts())
    except subprocess.CalledProcessError as error:
        unavailable(f"the packages could not be fetched: {error.cmd[0]} ended with {error.returncode}")
    assert made
    for text, source in made:
        assert text.encode() == (SCHEMAS / source.file).read_bytes(), source.file
