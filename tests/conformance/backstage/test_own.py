"""What we ship for Backstage is taken by Backstage, and by our own rules."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from conformance.backstage.scaffolder import ask_catalog
from conformance.repositories import FOLDERS, SHIPPED, examples
from itdo_platform_gen.checks.files import GivenFiles
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.cli.around import FilesAround
from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.source import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.repositories import Example

_CATALOG = "catalog-info.yaml"
each_blueprint = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def _cases(folder: Path) -> list[Example]:
    """Give the cases whose repository has an entity."""
    made = [example for example in examples(folder) if _CATALOG in example.tree]
    return [example for example in made if not example.name.startswith("random")]


def _texts(example: Example) -> dict[str, str]:
    """Give the files of a repository that are text."""
    found = {}
    for path, (_, content) in example.tree.items():
        with suppress(UnicodeDecodeError):
            found[path] = content.decode()
    return found


@each_blueprint
def test_templates_have_no_faults(folder: Path) -> None:
    text = read_text(folder / "template.yaml")
    found = examine([text], kubernetes_versions()[-1:], files=FilesAround()).diagnostics
    assert [str(diagnostic) for diagnostic in found if diagnostic.severity != "notice"] == []


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_entities_are_taken(modules: Path, folder: Path) -> None:
    cases = _cases(folder)
    assert cases
    trees = {example.name: _texts(example) for example in cases}
    jobs = [{"kind": "entity", "text": tree[_CATALOG], "files": tree} for tree in trees.values()]
    told = dict(zip(trees, ask_catalog(modules, jobs), strict=True))
    assert {name: each["told"] for name, each in told.items() if not each["accepted"]} == {}
    files = {f"{name}/{path}": text for name, tree in trees.items() for path, text in tree.items()}
    texts = [Text(path, text) for path, text in files.items() if path.endswith(f"/{_CATALOG}")]
    found = examine(texts, kubernetes_versions()[-1:], each=True, files=GivenFiles(files)).diagnostics
    assert [str(diagnostic) for diagnostic in found if diagnostic.severity != "notice"] == []
