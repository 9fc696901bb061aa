"""The Tasks as they stand: confined, without text substitution in scripts, and clean by shellcheck."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from conformance.tekton.scripts.rendered import Step, all_steps, tasks
from conformance.toolchain import need

if TYPE_CHECKING:
    from pathlib import Path

STEPS = all_steps()
SCRIPTS = [step for step in STEPS if step.script]
NONROOT = {"runAsNonRoot": True, "readOnlyRootFilesystem": True}
RESTRICTED = NONROOT | {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}


@pytest.mark.parametrize("step", SCRIPTS, ids=str)
def test_script_is_clean_by_shellcheck(step: Step, tmp_path: Path) -> None:
    """Without a single directive that turns something off."""
    need("shellcheck")
    script = tmp_path / "script.sh"
    script.write_text(step.script, "utf-8")
    done = subprocess.run(["shellcheck", "--norc", str(script)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "shellcheck disable" not in step.script


@pytest.mark.parametrize("step", SCRIPTS, ids=str)
def test_script_is_strict_and_takes_no_text(step: Step) -> None:
    """POSIX sh that stops at the first fault, and into which no parameter is pasted."""
    assert step.script.startswith("#!/bin/sh\nset -eu\n")
    assert not re.search(r"\$\((params|workspaces|results|steps?|context|tasks|tt)[.\[]", step.script)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_step_is_confined(step: Step) -> None:
    """Restricted pod security, but for the build, which says why; and a share of the machine."""
    expected = RESTRICTED
    if step.task == "image-build":
        expected = NONROOT | {
            "allowPrivilegeEscalation": True,
            "capabilities": {"drop": ["ALL"], "add": ["SETGID", "SETUID"]},
        }
    assert expected.items() <= step.security.items()
    assert step.security["runAsUser"] > 0
    assert set(step.resources["requests"]) == {"cpu", "memory"}
    assert "memory" in step.resources["limits"]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_home_can_be_written(step: Step) -> None:
    """The root of the image cannot."""
    home = step.variables["HOME"]
    assert home in step.mounts
    assert all(
        value.startswith(home) for name, value in step.variables.items() if value.startswith("/") and name != "HOME"
    )


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_secrets_come_by_reference(step: Step) -> None:
    """And never as an argument."""
    for argument in step.arguments:
        assert not any(secret in argument and f"env://{secret}" != argument for secret in step.secrets)


@pytest.mark.parametrize("name", tasks())
def test_what_a_task_declares_is_used(name: str) -> None:
    """Each parameter, workspace and result stands in some step's environment or arguments."""
    spec: dict[str, Any] = tasks()[name]["spec"]
    text = str(spec["steps"]) + str(spec["stepTemplate"])
    assert [p["name"] for p in spec.get("params", []) if f"$(params.{p['name']})" not in text] == []
    assert [w["name"] for w in spec.get("workspaces", []) if f"$(workspaces.{w['name']}.path)" not in text] == []
    assert [r["name"] for r in spec.get("results", []) if f"$(results.{r['name']}.path)" not in text] == []
