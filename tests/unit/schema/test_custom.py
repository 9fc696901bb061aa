"""What is kept of CRDs: one file each, the same for the same CRD, read as it was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from itdo_platform_gen.schema.custom import SUFFIX, CustomDefinition, CustomKind, StoredSchemaError, read_folder
from itdo_platform_gen.schema.store import Schemas

if TYPE_CHECKING:
    from pathlib import Path

OVENS = CustomDefinition(
    "ovens.shop.example.com",
    (
        CustomKind("shop.example.com/v1", "Oven", {"type": "object", "default": {"ü": 1}}, status=True),
        CustomKind("shop.example.com/v1beta1", "Oven", {"type": "object"}),
    ),
)


def _keep(folder: Path, definition: CustomDefinition) -> None:
    folder.mkdir(exist_ok=True)
    (folder / definition.file_name).write_text(definition.text(), encoding="utf-8")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    _keep(tmp_path, OVENS)
    assert read_folder(tmp_path) == [OVENS]


def test_a_file_has_the_name_of_its_crd() -> None:
    assert OVENS.file_name == "ovens.shop.example.com.crd.json"
    assert OVENS.file_name.endswith(SUFFIX)


def test_the_same_crd_is_the_same_text_whatever_the_order_of_its_keys() -> None:
    one = CustomDefinition("a.b", (CustomKind("b/v1", "A", {"type": "object", "required": ["a"]}),))
    other = CustomDefinition("a.b", (CustomKind("b/v1", "A", {"required": ["a"], "type": "object"}),))
    assert one.text() == other.text()
    assert one.text().endswith("}\n")


def test_text_is_kept_as_it_is_read_by_people() -> None:
    assert '"ü": 1' in OVENS.text()


def test_files_are_read_by_name_and_others_left_alone(tmp_path: Path) -> None:
    zebras = CustomDefinition("zebras.example.com", (CustomKind("example.com/v1", "Zebra", {"type": "object"}),))
    for definition in (zebras, OVENS):
        _keep(tmp_path, definition)
    (tmp_path / "notes.json").write_text("no schema")
    assert [definition.name for definition in read_folder(tmp_path)] == [OVENS.name, zebras.name]


def test_a_folder_that_is_not_there_keeps_none(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none") == []


def _altered(**changes: Any) -> str:
    return json.dumps({**json.loads(OVENS.text()), **changes})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError: 'versions'"),
        (_altered(versions=[{"kind": "Oven"}]), "KeyError: 'apiVersion'"),
        (_altered(versions=[{"apiVersion": "a/v1", "kind": "A", "schema": 5, "status": False}]), "TypeError"),
        (_altered(versions=None), "TypeError"),
        (_altered(format=2), "format 2 is not known to this version of platform-gen"),
    ],
)
def test_a_file_of_another_form_is_told_with_its_name(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / f"broken{SUFFIX}"
    file.write_text(content)
    with pytest.raises(StoredSchemaError) as error:
        read_folder(tmp_path)
    assert str(file) in str(error.value)
    assert reason in str(error.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / f"binary{SUFFIX}").write_bytes(b"\xff\xfe")
    with pytest.raises(StoredSchemaError, match="UnicodeDecodeError"):
        read_folder(tmp_path)


def test_kinds_of_a_folder_are_found_and_later_ones_go_before(tmp_path: Path) -> None:
    closed = CustomDefinition("ovens.shop.example.com", (CustomKind("shop.example.com/v1", "Oven", _OF_NUMBERS),))
    _keep(tmp_path / "one", OVENS)
    _keep(tmp_path / "two", closed)
    schemas = Schemas("1.36", [tmp_path / "one", tmp_path / "two"])
    assert schemas.api_versions_of("Oven") == ["shop.example.com/v1", "shop.example.com/v1beta1"]
    assert schemas.kinds_of("shop.example.com/v1") == ["Oven"]
    found = schemas.find("shop.example.com/v1", "Oven")
    oven = {"apiVersion": "shop.example.com/v1", "kind": "Oven", "metadata": {"name": "o"}}
    assert found is not None
    assert found.is_valid({**oven, "heat": 5})
    assert not found.is_valid({**oven, "heat": "5"})


def test_crds_that_are_found_later_leave_the_schemas_as_they_were() -> None:
    schemas = Schemas("1.36")
    more = schemas.having([OVENS])
    assert schemas.having([]) is schemas
    assert schemas.find("shop.example.com/v1", "Oven") is None
    assert more.find("shop.example.com/v1", "Oven") is not None
    assert more.find("v1", "ConfigMap") is not None


_OF_NUMBERS = {"type": "object", "properties": {"heat": {"type": "integer"}}}
