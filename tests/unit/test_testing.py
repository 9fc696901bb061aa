"""What authors of blueprints test with."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from greeter import RENDERED_CONFIGMAP, RENDERED_SERVICE, write
from itdo_platform_gen.testing import cases, preview, render_case

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(here: Path) -> Path:
    """Give the greeter's folder, with cases."""
    folder = here / "blueprints/greeter"
    write(
        folder,
        {
            "cases/two.yaml": "name: alice\nports: [{name: web}]\n",
            "cases/bad.yaml": "nmae: alice\n",
            "cases/none.yaml": "",
            "cases/several.yaml": "name: a\n---\nname: b\n",
            "cases/list.yaml": "[name]\n",
            "cases/notes.txt": "no case\n",
        },
    )
    return folder


def test_cases_are_found_by_walking(folder: Path) -> None:
    """Every YAML file in `cases/`, by name."""
    assert [*cases(folder)] == ["bad", "list", "none", "several", "two"]
    assert cases(str(folder))["two"] == folder / "cases/two.yaml"
    assert cases(folder / "manifests") == {}


def test_good_case_is_rendered(folder: Path) -> None:
    """The bundle is what rendering gives; its preview is one text."""
    bundle = render_case(folder, "two", kubernetes="1.30")
    assert [*bundle] == ["configmap.yaml", "services/web.yaml"]
    assert preview(bundle) == (
        f"---\n# configmap.yaml\n{RENDERED_CONFIGMAP}---\n# services/web.yaml\n{RENDERED_SERVICE}"
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("bad", 'bad.yaml:1:1: error[VAL001] values.nmae\n  unknown value "nmae"'),
        ("none", "error[VAL002]"),
        ("several", "several.yaml:3:1: error[VAL004] a file of values holds one document"),
        ("list", "list.yaml:1:1: error[VAL004] values must be a mapping, got a list"),
        ("other", 'no case "other" in '),
    ],
)
def test_bad_case_says_what_the_command_would(folder: Path, case: str, said: str) -> None:
    """An AssertionError that reads like the command's report, not a traceback's worth of frames."""
    with pytest.raises(AssertionError) as caught:
        render_case(folder, case)
    assert said in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_warning_is_not_clean(folder: Path) -> None:
    """A parameter that nothing uses is a warning, which a render lets pass and a test does not."""
    file = folder / "blueprint.yaml"
    text = file.read_text()
    name = "        name: {type: string"
    unused = text.replace(name, f"        unused: {{type: string, default: ''}}\n{name}", 1)
    assert unused != text
    file.write_text(unused)
    with pytest.raises(AssertionError, match=r'case "two" is not clean:\n.*warning\['):
        render_case(folder, "two")


def test_any_test_runner_will_do() -> None:
    """Nothing of pytest is imported."""
    code = "import sys, itdo_platform_gen.testing; print(*(n for n in sys.modules if n.startswith('_pytest')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
