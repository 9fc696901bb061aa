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


BAD = RENDERED_CONFIGMAP.replace("Hello, alice!", "5")
FIXED = RENDERED_CONFIGMAP.replace("Hello, alice!", '"5"')
WIDGET = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n"


def test_a_folder_is_searched_without_what_is_hidden(here: Path, run: Run) -> None:
    write(
        here,
        {
            "d/b/c.yml": RENDERED_CONFIGMAP,
            "d/a.yaml": RENDERED_SERVICE,
            "d/e.json": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}',
            "d/values.yaml": "a: 1\n",
            "d/Chart.yaml": "apiVersion: v2\nname: a\n",
            "d/list.yaml": "- 1\n",
            "d/README.md": "no",
            "d/.git/x.yaml": "a: b: c",
            "d/node_modules/x/y.yaml": "a: b: c",
        },
    )
    code, out, err = run("validate", "d")
    assert (code, err) == (0, "")
    assert [line.split(" ")[0] for line in out.splitlines() if "K8S005" in line] == [
        "d/Chart.yaml:1:1:",
        "d/list.yaml:1:1:",
        "d/values.yaml:1:1:",
    ]
    assert out.endswith("3 documents: 3 notices\n")
    assert run("validate", "d/values.yaml", "d").code == 1, "asked for by name, it is to be a resource"


def test_a_pattern_that_the_shell_left_is_expanded(here: Path, run: Run) -> None:
    write(here, {"d/b/c.yaml": RENDERED_CONFIGMAP, "d/a.yaml": RENDERED_SERVICE})
    assert run("validate", "d/**/*.yaml", "./d/a.yaml") == (0, "2 documents: no findings\n", "")
    assert run("validate", "x*.yaml") == (1, "x*.yaml: error[FILE001] no such file\n0 documents: 1 error\n", "")


def test_an_empty_folder_is_no_finding(here: Path, run: Run) -> None:
    (here / "empty").mkdir()
    assert run("validate", "empty") == (0, "0 documents: no findings\n", "")


def test_unknown_kinds_are_errors_on_request(here: Path, run: Run) -> None:
    write(here, {"a.yaml": WIDGET})
    assert run("validate", "a.yaml").code == 0
    code, out, _ = run("validate", "a.yaml", "--strict")
    assert code == 1
    assert "error[K8S004]" in out


def test_each_file_may_be_its_own_world(here: Path, run: Run) -> None:
    quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: a}\nspec: {hard: {services: '0'}}\n"
    service = RENDERED_SERVICE.replace("alice-web", "web\n  namespace: a")
    write(here, {"a.yaml": quota, "b.yaml": service})
    assert "K8S201" in run("validate", "a.yaml", "b.yaml").out
    assert "K8S201" not in run("validate", "a.yaml", "b.yaml", "--each").out


def test_several_targets_tell_a_fault_once(here: Path, run: Run) -> None:
    write(here, {"a.yaml": BAD})
    out = run("validate", "a.yaml", "--target", "kubernetes=1.30..1.37").out
    assert out.count("error[") == 1
    assert run("validate", "a.yaml", "--target", "kubernetes=1.37..1.30").code == 2
    assert run("validate", "a.yaml", "--target", "kubernetes=1.30..2").code == 2


def test_a_fix_changes_the_file_and_nothing_else(here: Path, run: Run) -> None:
    (here / "a.yaml").write_bytes(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode())
    (here / "a.yaml").chmod(0o640)
    (here / "link.yaml").symlink_to("a.yaml")
    code, out, _ = run("validate", "link.yaml", "--fix")
    assert (code, out) == (
        0,
        'link.yaml:7:13: fixed ConfigMap/alice data.greeting: 5 becomes "5"\n1 document: no findings, 1 fixed\n',
    )
    assert (here / "a.yaml").read_bytes() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()
    assert (here / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert (here / "link.yaml").is_symlink()


def test_what_remains_after_a_fix_decides(here: Path, run: Run) -> None:
    write(here, {"a.yaml": f"{BAD}other: 1\n", "b.yaml": RENDERED_SERVICE})
    code, out, _ = run("validate", "a.yaml", "b.yaml", "--fix", "--format", "json")
    assert code == 1
    found = json.loads(out)
    assert [entry["code"] for entry in found["diagnostics"]] == ["K8S001"]
    assert len(found["fixed"]) == 1


def test_standard_input_cannot_be_fixed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert run("validate", "-", "--fix") == (
        2,
        "",
        "platform-gen: --fix changes files, and standard input is none\n",
    )


def test_a_file_that_cannot_be_written_is_told_of(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write(here, {"a.yaml": BAD})
    monkeypatch.setattr("pathlib.Path.replace", fail)
    code, _, err = run("validate", "a.yaml", "--fix")
    assert (code, err) == (1, "a.yaml: error[FILE008] cannot be written: No space left on device\n")
    assert (here / "a.yaml").read_text() == BAD
    assert not list(here.glob(".a.yaml*"))


def test_the_settings_of_a_platform_file_hold_on_request(here: Path, run: Run) -> None:
    checks = 'spec:\n  checks: [{code: K8S004, severity: "off", reason: so, kinds: [Widget]}]\n'
    platform = (here / "platform.yaml").read_text().replace("spec:\n", checks)
    write(here, {"a.yaml": WIDGET, "platform.yaml": platform})
    assert run("validate", "a.yaml", "--config", "platform.yaml").out == "1 document: no findings, 1 turned off\n"
    write(here, {"platform.yaml": platform.replace("K8S004", "K8S994")})
    assert "PLT009" in run("validate", "a.yaml", "--config", "platform.yaml").err


def test_what_helm_rendered_says_from_which_template(here: Path, run: Run) -> None:
    write(here, {"a.yaml": f"---\n# Source: shop/templates/a.yaml\n{BAD}"})
    assert "^ rendered from shop/templates/a.yaml\n" in run("validate", "a.yaml").out


@pytest.mark.parametrize(
    ("form", "start"), [("sarif", '{\n  "$schema"'), ("junit", "<?xml"), ("github", "::error file=a.yaml,line=7")]
)
def test_other_forms_give_the_same_findings(form: str, start: str, here: Path, run: Run) -> None:
    write(here, {"a.yaml": BAD})
    code, out, err = run("validate", "a.yaml", "--format", form)
    assert (code, err) == (1, "")
    assert out.startswith(start)
    assert out.count("expected a string, got 5") >= 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (b"", []),
        (b"null\n---\n~\n---\n# nothing\n", []),
        (b"5\n---\n[[[]]]\n---\nx\n", ["K8S002", "K8S002", "K8S002"]),
        (b"kind: 5\napiVersion: [a]\n", ["K8S002"]),
        (b"apiVersion: v1\nkind: ConfigMap\n\tmetadata: 1\n", ["YAML001"]),
        (b"[" * 5000, ["YAML003"]),
        (b"a: \xff\n", ["FILE005"]),
        (b"apiVersion: v1\nkind: DeploymentList\nitems:\n- 5\n- spec: 5\n", None),
        (b"apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [1]}]\n", None),
    ],
)
def test_bad_input_is_told_and_nothing_else(text: bytes, codes: list[str] | None, here: Path, run: Run) -> None:
    (here / "a.yaml").write_bytes(text)
    code, out, err = run("validate", "a.yaml", "--format", "json")
    found = [entry["code"] for entry in json.loads(out)["diagnostics"]]
    assert err == ""
    assert code == (1 if found else 0)
    assert codes is None or found == codes
