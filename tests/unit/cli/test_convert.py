"""`platform-gen convert`."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from greeter import RENDERED_CONFIGMAP, write

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

OLD = "apiVersion: tekton.dev/v1beta1 # comment\nkind: Task\nmetadata: {name: a}\nspec: {steps: []}\n"
NEW = OLD.replace("v1beta1", "v1")
BAD = OLD.replace("{steps: []}", "{resources: {}}")
TOLD = """\
a.yaml:9:8: error[CNV001] Task/a spec.resources
  v1 has no resources here
  9 | spec: {resources: {}}
    |        ^^^^^^^^^
  hint: PipelineResources are gone: give their parts by params and workspaces
"""


def test_the_text_is_printed_and_the_file_stays(here: Path, run: Run) -> None:
    write(here, {"a.yaml": OLD})
    assert run("convert", "a.yaml") == (0, NEW, "")
    assert (here / "a.yaml").read_text() == OLD


def test_standard_input_is_converted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OLD.encode())))
    assert run("convert", "-") == (0, NEW, "")


def test_standard_input_cannot_be_written(run: Run) -> None:
    message = "platform-gen: --write changes files, and standard input is none\n"
    assert run("convert", "-", "--write") == (2, "", message)


def test_several_files_are_printed_as_one_stream(here: Path, run: Run) -> None:
    write(here, {"ci/a.yaml": OLD.rstrip("\n"), "ci/b.yaml": f"---\n{RENDERED_CONFIGMAP}", "ci/c.yaml": OLD})
    assert run("convert", "ci") == (0, f"{NEW}---\n{RENDERED_CONFIGMAP}---\n{NEW}", "")


def test_files_are_written_and_others_are_not_touched(here: Path, run: Run) -> None:
    crlf = OLD.replace("\n", "\r\n").encode()
    write(here, {"ci/other.yaml": RENDERED_CONFIGMAP, "ci/new.yaml": NEW})
    (here / "ci/old.yaml").write_bytes(b"\xef\xbb\xbf" + crlf)
    before = (here / "ci/other.yaml").stat().st_mtime_ns, (here / "ci/new.yaml").stat().st_mtime_ns
    assert run("convert", "ci", "--write") == (0, "converted  ci/old.yaml: Task/a\n3 files: 1 converted\n", "")
    assert (here / "ci/old.yaml").read_bytes() == b"\xef\xbb\xbf" + crlf.replace(b"v1beta1", b"v1")
    assert before == ((here / "ci/other.yaml").stat().st_mtime_ns, (here / "ci/new.yaml").stat().st_mtime_ns)
    assert run("convert", "ci", "--write") == (0, "3 files: none converted\n", "")


def test_a_diff_is_printed_and_counts_as_a_finding(here: Path, run: Run) -> None:
    write(here, {"a.yaml": OLD.rstrip("\n"), "b.yaml": NEW})
    code, out, err = run("convert", "a.yaml", "b.yaml", "--diff")
    assert (code, err) == (1, "")
    assert out == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,4 +1,4 @@\n-apiVersion: tekton.dev/v1beta1 # comment\n"
        "+apiVersion: tekton.dev/v1 # comment\n kind: Task\n metadata: {name: a}\n spec: {steps: []}\n"
        "\\ No newline at end of file\n"
    )
    assert run("convert", "b.yaml", "--diff") == (0, "", "")


def test_what_cannot_be_converted_is_told_and_the_rest_is_written(here: Path, run: Run) -> None:
    write(here, {"a.yaml": f"{OLD}---\n{BAD}"})
    assert run("convert", "a.yaml", "--write") == (
        1,
        "converted  a.yaml: Task/a\n1 file: 1 converted\n",
        TOLD,
    )
    assert (here / "a.yaml").read_text() == f"{NEW}---\n{BAD}"


def test_a_template_is_refused_and_not_printed(here: Path, run: Run) -> None:
    write(here, {"a.yaml": OLD.replace("[]", "{{ .Values.steps }}"), "b.yaml": OLD})
    code, out, err = run("convert", "a.yaml", "b.yaml")
    assert (code, out) == (1, NEW)
    assert "error[K8S006] this is a Helm template" in err


def test_of_a_folder_only_what_names_tekton_is_read(here: Path, run: Run) -> None:
    write(here, {"ci/a.yaml": "a: {{ .Values.a }}\n", "ci/b.yaml": OLD})
    assert run("convert", "ci", "--write").code == 0
    assert "error[K8S006]" in run("convert", "ci/a.yaml").err


def test_json_has_the_texts_or_the_diffs(here: Path, run: Run) -> None:
    write(here, {"a.yaml": OLD})
    code, out, _ = run("convert", "a.yaml", "nowhere.yaml", "--format", "json")
    assert code == 1
    found = json.loads(out)
    assert found["files"] == [{"file": "a.yaml", "converted": ["Task/a"], "text": NEW}]
    assert [entry["code"] for entry in found["diagnostics"]] == ["FILE001"]
    code, out, _ = run("convert", "a.yaml", "--format", "json", "--diff")
    assert code == 1
    assert json.loads(out)["files"][0]["diff"].startswith("--- a/a.yaml\n")


def test_a_file_that_cannot_be_written_is_told(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, {"a.yaml": OLD, "b.yaml": OLD})
    monkeypatch.setattr("pathlib.Path.replace", _refuse)
    code, out, err = run("convert", "a.yaml", "b.yaml", "--write")
    assert (code, out) == (1, "2 files: none converted\n")
    assert err.count("error[FILE008]") == 2


def _refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    "words",
    [["convert"], ["convert", "a.yaml", "--diff", "--write"], ["convert", "a.yaml", "--cluster-tasks-in", "a: b"]],
)
def test_wrong_use(words: list[str], run: Run) -> None:
    assert run(*words).code == 2
