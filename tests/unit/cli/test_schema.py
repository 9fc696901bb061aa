"""`platform-gen schema` keeps CRDs in the project, and documents are checked against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.checks.across.custom_rules import RULE
from itdo_platform_gen.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

CRD, _, RESOURCE = RULE.good.partition("---\n")
KIND = "shop.example.com/v1 Oven"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crd.yaml").write_text(CRD)
    return tmp_path


def test_a_crd_is_added_once_and_updated(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = "schemas/ovens.shop.example.com.crd.json"
    assert main(["schema", "add", "crd.yaml"]) == 0
    assert capsys.readouterr().out == f"added {file}: {KIND}\n"
    assert main(["schema", "add", "crd.yaml"]) == 0
    assert capsys.readouterr().out == f"unchanged {file}: {KIND}\n"
    (here / "crd.yaml").write_text(CRD.replace("most: {type: integer}", "most: {type: number}"))
    assert main(["schema", "add", "crd.yaml"]) == 0
    assert capsys.readouterr().out == f"updated {file}: {KIND}\n"


def test_documents_are_checked_against_what_is_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", "add", "crd.yaml", "--to", "kept"])
    (here / "oven.yaml").write_text(RESOURCE.replace("most: 250", "most: 50, mots: 1"))
    assert main(["validate", "oven.yaml", "--schemas", "kept"]) == 1
    assert "error[K8S001] Oven/bread spec.mots" in capsys.readouterr().out
    (here / "oven.yaml").write_text(RESOURCE.replace("most: 250", "most: 50"))
    assert main(["validate", "oven.yaml", "--schemas", "kept"]) == 1
    assert "error[K8S131] Oven/bread spec\n  least is more than most" in capsys.readouterr().out


def test_kinds_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", "add", "crd.yaml"])
    assert main(["schema", "list"]) == 0
    assert "shop.example.com/v1  Oven" in capsys.readouterr().out
    assert main(["schema", "show", "shop.example.com/v1", "Oven"]) == 0
    assert "self.least <= self.most" in capsys.readouterr().out
    assert main(["schema", "show", "shop.example.com/v1", "Ovem"]) == 2
    assert "did you mean Oven?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("kind: CustomResourceDefinition", "kind: ConfigMap", "SCH001"),
        ("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1", "SCH002"),
        ("served: true", "served: false", "SCH003"),
        ("          type: object\n          properties:", "          properties:", "SCH004"),
    ],
)
def test_what_is_no_crd_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, code: str
) -> None:
    (here / "crd.yaml").write_text(CRD.replace(before, after))
    assert main(["schema", "add", "crd.yaml"]) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert not (here / "schemas").exists()
