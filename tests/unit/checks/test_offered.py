"""Other packages offer rules by an entry point."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from greeter import write

if TYPE_CHECKING:
    from pathlib import Path

RULE = """\
from itdo_platform_gen.checks.rule import Finding, Rule

def _find(document, world):
    if document.name == "bad":
        yield Finding(document, ("metadata", "name"), "a bad name")

A = Rule("ACME001", "names", "advice", "It is bad.", "rename it", "", "", document=_find)
LIST = [A]
TAKEN = Rule("K8S201", "names", "advice", "It is bad.", "rename it", "", "", document=_find)
NONE = 5
"""


def _installed(folder: Path, value: str) -> subprocess.CompletedProcess[str]:
    points = f"[itdo_platform_gen.checks]\nacme = {value}\n"
    metadata = "Metadata-Version: 2.1\nName: acme-checks\nVersion: 1.0\n"
    write(
        folder,
        {
            "site/acme_checks.py": RULE,
            "site/acme_checks-1.0.dist-info/entry_points.txt": points,
            "site/acme_checks-1.0.dist-info/METADATA": metadata,
            "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\n",
        },
    )
    program = "import sys; sys.path.insert(0, 'site'); from itdo_platform_gen.cli.main import run; run()"
    words = [sys.executable, "-c", program, "validate", "a.yaml"]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize("name", ["A", "LIST"])
def test_a_rule_of_another_package_is_applied(name: str, tmp_path: Path) -> None:
    done = _installed(tmp_path, f"acme_checks:{name}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning[ACME001] ConfigMap/bad metadata.name\n  a bad name\n" in done.stdout


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("acme_checks:TAKEN", "offers a check K8S201, of which there is one already"),
        ("acme_checks:NONE", "offers int as a check, which is no Rule"),
        ("acme_checks:MISSING", "cannot load its entry point acme_checks:MISSING: AttributeError"),
    ],
)
def test_a_broken_offer_is_told_of(value: str, said: str, tmp_path: Path) -> None:
    done = _installed(tmp_path, value)
    assert done.returncode == 1
    assert f"acme-checks: error[BLP010] {said}" in done.stderr
