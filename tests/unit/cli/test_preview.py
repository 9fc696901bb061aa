"""`platform-gen preview`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from greeter import FILES, RENDERED_CONFIGMAP, RENDERED_SERVICE, tree

if TYPE_CHECKING:
    from pathlib import Path

    from greeter import Run

PREVIEW = ("preview", "greeter", "--blueprints", "blueprints", "--values", "alice.yaml")
STREAM = f"---\n# configmap.yaml\n{RENDERED_CONFIGMAP}---\n# services/web.yaml\n{RENDERED_SERVICE}"


def test_every_file_goes_to_standard_output_and_none_to_disk(here: Path, run: Run) -> None:
    assert run(*PREVIEW) == (0, STREAM, "")
    assert [document["kind"] for document in yaml.safe_load_all(STREAM)] == ["ConfigMap", "Service"]
    assert tree(here) == FILES


@pytest.mark.usefixtures("here")
def test_json_has_the_files(run: Run) -> None:
    code, out, err = run(*PREVIEW, "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "diagnostics": [],
        "summary": {"errors": 0, "warnings": 0, "notices": 0},
        "files": [
            {"path": "configmap.yaml", "content": RENDERED_CONFIGMAP},
            {"path": "services/web.yaml", "content": RENDERED_SERVICE},
        ],
    }


@pytest.mark.usefixtures("here")
def test_a_set_goes_before_a_file(run: Run) -> None:
    assert run(*PREVIEW, "--set", "name=bob", "--set", "ports=[]").out == (
        f"---\n# configmap.yaml\n{RENDERED_CONFIGMAP.replace('alice', 'bob')}"
    )


def test_warnings_go_to_standard_error(here: Path, run: Run) -> None:
    (here / "blueprints/greeter/manifests/service.yaml").write_text(
        "apiVersion: example.com/v1\nkind: Widget\nname: ${{ p.name }}\nport: ${{ p.port }}\n"
    )
    code, out, err = run(*PREVIEW)
    assert code == 0
    assert out.endswith("kind: Widget\nname: web\nport: 80\n")
    assert err.startswith("blueprints/greeter/manifests/service.yaml:2:7: notice[K8S004] Widget kind\n")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("target", "code"), [("1.30", 0), ("1.37", 0), ("1.99", 2)])
def test_the_target_is_the_one_asked_for(target: str, code: int, run: Run) -> None:
    assert run(*PREVIEW, "--target", f"kubernetes={target}").code == code
