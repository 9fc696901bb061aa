"""`platform-gen validate`."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from greeter import RENDERED_CONFIGMAP, RENDERED_SERVICE, write

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run


def test_files_are_counted_and_clean_ones_exit_with_0(here: Path, run: Run) -> None:
    write(here, {"a.yaml": RENDERED_CONFIGMAP, "b.yaml": RENDERED_SERVICE})
    assert run("validate", "a.yaml", "b.yaml") == (0, "2 documents: no findings\n", "")


def test_findings_go_to_standard_output_and_exit_with_1(here: Path, run: Run) -> None:
    write(here, {"a.yaml": f"{RENDERED_CONFIGMAP}dta: {{}}\n"})
    assert run("validate", "a.yaml") == (
        1,
        (
            "a.yaml:8:1: error[K8S001] ConfigMap/alice dta\n"
            '  unknown key "dta"\n'
            "  8 | dta: {}\n"
            "    | ^^^\n"
            "  hint: did you mean data?\n"
            "1 document: 1 error\n"
        ),
        "",
    )


def test_a_notice_is_no_failure(here: Path, run: Run) -> None:
    write(here, {"a.yaml": "apiVersion: example.com/v1\nkind: Widget\n"})
    code, out, _ = run("validate", "a.yaml")
    assert code == 0
    assert out.endswith("\n1 document: 1 notice\n")


def test_json_counts_the_documents(here: Path, run: Run) -> None:
    write(here, {"a.yaml": f"{RENDERED_CONFIGMAP}dta: {{}}\n"})
    code, out, err = run("validate", "a.yaml", "nowhere.yaml", "--format", "json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert [(entry["code"], entry["path"]) for entry in found["diagnostics"]] == [("K8S001", "dta"), ("FILE001", None)]
    assert (found["summary"], found["documents"]) == ({"errors": 2, "warnings": 0, "notices": 0}, 1)


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RENDERED_SERVICE.encode())))
    assert run("validate", "-") == (0, "1 document: no findings\n", "")


def test_the_target_is_the_one_asked_for(here: Path, run: Run) -> None:
    write(here, {"a.yaml": "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n"})
    assert run("validate", "a.yaml", "--target", "kubernetes=1.31").code == 0
    assert run("validate", "a.yaml", "--target", "kubernetes=1.34").code == 1


def test_a_file_that_is_not_utf_8_is_shown_where_it_is_not(here: Path, run: Run) -> None:
    (here / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\nb: caf\xe9\n")
    assert run("validate", "a.yaml").out.startswith("a.yaml:2:7: error[FILE005] not UTF-8: byte 0xE9\n")


@pytest.mark.parametrize(
    "words",
    [
        ["validate", "huge.yaml"],
        ["preview", "greeter", "--blueprints", "blueprints", "--values", "huge.yaml"],
        ["show", "huge", "--blueprints", "blueprints"],
        ["list", "--blueprints", "blueprints"],
        ["check", "huge.yaml"],
    ],
)
def test_a_file_of_100_mb_is_refused_and_not_read_whole(words: list[str], here: Path, run: Run) -> None:
    (here / "blueprints/huge").mkdir()
    for path in ("huge.yaml", "blueprints/huge/blueprint.yaml"):
        with (here / path).open("wb") as file:
            file.truncate(100_000_000)
    run("list")  # what it imports is not counted
    tracemalloc.start()
    code, out, err = run(*words)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == 1
    assert "huge" in out + err
    assert "FILE004] larger than 16 MiB\n  hint: split it into several files\n" in out + err
    assert peak < 40_000_000


def test_an_anchor_bomb_takes_little_memory(here: Path, run: Run) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 60)]
    write(here, {"bomb.yaml": "\n".join(lines)})
    run("list")
    tracemalloc.start()
    code, out, _ = run("validate", "bomb.yaml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == 1
    assert "error[YAML004] aliases make this more than 1,000,000 nodes" in out
    assert peak < 40_000_000
