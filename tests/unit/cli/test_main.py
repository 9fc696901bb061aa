"""Exit codes, help, and what happens when something else goes wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import itdo_platform_gen
from itdo_platform_gen.cli.main import COMMANDS, main
from itdo_platform_gen.errors import PlatformGenError

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

PROGRAM = (sys.executable, "-m", "itdo_platform_gen")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"platform-gen {itdo_platform_gen.__version__}\n", "")


def test_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(f"\n    {name} " in out for name in COMMANDS)
    assert "exit codes: 0 clean, 1 findings or drift, 2 wrong use, 3 a fault of ours" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str, run: Run) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert f"\nexamples:\n  platform-gen {command}" in out or f"platform-gen {command}" in out.partition("examples:")[2]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bake"],
        ["--format"],
        ["show"],
        ["show", "greeter", "--format", "yaml"],
        ["list", "--blueprints", "nowhere"],
        ["list", "--blueprints", "a" * 300],
        ["preview", "greeter", "--set", "name"],
        ["preview", "greeter", "--set", "=x"],
        ["preview", "greeter", "--set", "a..b=x"],
        ["preview", "greeter", "--set", "name=\udcff"],
        ["preview", "greeter", "--target", "1.34"],
        ["preview", "greeter", "--target", "tekton=1.15"],
        ["validate"],
        ["validate", "a.yaml", "--target", "kubernetes="],
        ["validate", "alice.yaml", "--target", "kubernetes=1.99"],
    ],
)
@pytest.mark.usefixtures("here")
def test_wrong_use_is_told_and_exits_with_2(words: list[str], run: Run) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "platform-gen" in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("here")
def test_diagnostics_as_json_are_one_object(run: Run) -> None:
    code, out, err = run("show", "greter", "--blueprints", "blueprints", "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "diagnostics": [
            {
                "file": "",
                "line": None,
                "column": None,
                "code": "BLP009",
                "effect": "refused",
                "severity": "error",
                "message": 'no blueprint "greter"',
                "hint": "did you mean greeter?",
                "resource": None,
                "path": None,
                "related": [],
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "notices": 0},
    }


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (PlatformGenError("no"), 2, "platform-gen: no\n"),
        (
            ZeroDivisionError("division by zero"),
            3,
            (
                "platform-gen: a fault of ours: ZeroDivisionError: division by zero\n"
                "  please report it, with what PLATFORM_GEN_DEBUG=1 prints\n"
            ),
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_each_kind_of_error_has_its_exit_code(
    error: BaseException, code: int, said: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("itdo_platform_gen.cli.list.run", fail)
    assert run("list") == (code, "", said)


def test_a_fault_of_ours_shows_its_traceback_on_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itdo_platform_gen.cli.list.run", lambda _: 1 // 0)
    monkeypatch.setenv("PLATFORM_GEN_DEBUG", "1")
    code, _, err = run("list")
    assert code == 3
    assert "Traceback (most recent call last)" in err


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "show", "namespace-bundle"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_output_is_utf_8_whatever_the_terminal_says(encoding: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = here / "blueprints/greeter/manifests/configmap.yaml"
    template.write_text(template.read_text().replace("Hello", "こんにちは"))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    assert main(["preview", "greeter", "--blueprints", "blueprints", "--set", "name=alice"]) == 0
    assert "こんにちは" in written.getvalue().decode()


def test_a_file_whose_name_is_not_utf_8_can_be_spoken_of(here: Path) -> None:
    (here / os.fsdecode(b"caf\xe9.yaml")).write_text("a: 1\n")
    found = subprocess.run([*PROGRAM, "validate", b"caf\xe9.yaml"], capture_output=True, cwd=here, check=False)
    assert found.returncode == 1
    assert found.stdout.startswith(b"caf\\udce9.yaml:1:1: error[K8S002]")
    assert found.stderr == b""


def test_a_working_folder_that_is_gone_is_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["list"]) == 2
    assert capsys.readouterr().err == "platform-gen: the working folder is not there any more\n"
