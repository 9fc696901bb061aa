"""The schemas of our own files, and the models they are derived from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from itdo_platform_gen.blueprint.model import BlueprintFile
from itdo_platform_gen.derive.formats import FORMATS, format_schema
from itdo_platform_gen.platform.model import PlatformFile
from itdo_platform_gen.schema.format import read_format
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text
from itdo_platform_gen.syntax.source import read_text

ROOT = Path(__file__).resolve().parents[2]
BLUEPRINTS = sorted(ROOT.glob("blueprints/*/blueprint.yaml"))
PLATFORMS = sorted(ROOT.glob("examples/*/platform.yaml"))

BLUEPRINT = {
    "apiVersion": "blueprints.itdo-erp.com/v1",
    "kind": "Blueprint",
    "metadata": {"name": "a", "title": "A", "description": "An a.", "version": "1.0.0", "owner": "us"},
    "spec": {"type": "a", "parameters": {}, "manifests": [{"template": "a.yaml", "path": "a.yaml"}]},
}
PLATFORM = {
    "apiVersion": "platform.itdo-erp.com/v1",
    "kind": "Platform",
    "metadata": {"name": "a"},
    "spec": {"renderings": [{"blueprint": "a", "to": "a"}]},
}


@pytest.mark.parametrize("name", FORMATS)
def test_committed_schema_is_derived_from_the_model(name: str) -> None:
    """Otherwise: `python -m itdo_platform_gen.derive.formats`, and commit it."""
    assert (ROOT / f"schemas/{name}.json").read_text("utf-8") == format_schema(name)


@pytest.mark.parametrize("path", BLUEPRINTS, ids=[path.parent.name for path in BLUEPRINTS])
def test_model_takes_every_blueprint(path: Path) -> None:
    """What the schema takes when a blueprint is loaded, the model takes too."""
    data = _data(path)
    assert _by_schema("blueprint", data)
    assert BlueprintFile.model_validate(data).spec.manifests or (path.parent / "content").is_dir()


@pytest.mark.parametrize("path", PLATFORMS, ids=[path.parent.name for path in PLATFORMS])
def test_model_takes_every_platform_file(path: Path) -> None:
    """What the schema takes when a platform file is loaded, the model takes too."""
    data = _data(path)
    assert _by_schema("platform", data)
    assert PlatformFile.model_validate(data).spec.renderings


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("apiVersion", "v1"),
        ("kind", "Other"),
        ("other", 1),
        ("metadata", None),
        ("metadata.name", "A"),
        ("metadata.name", "a" * 64),
        ("metadata.name", 1),
        ("metadata.title", ""),
        ("metadata.version", "1.0"),
        ("metadata.tags", [1]),
        ("metadata.other", 1),
        ("spec.targets.kubernetes", "1.30-1.37"),
        ("spec.targets.kubernetes", 1.30),
        ("spec.parameters", 1),
        ("spec.parameters", [1]),
        ("spec.values", []),
        ("spec.manifests", []),
        ("spec.manifests", [{"template": "a"}]),
        ("spec.manifests", [{"template": "a", "path": "a", "if": "x"}]),
        ("spec.manifests", [{"template": "a", "path": "a", "if_": "${{ x }}"}]),
    ],
)
def test_blueprint_that_both_refuse(place: str, value: object) -> None:
    """Schema and model refuse the same."""
    _both_refuse("blueprint", BLUEPRINT, place, value)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("apiVersion", "v1"),
        ("metadata.name", "-a"),
        ("metadata.name", "a" * 64),
        ("spec.targets.kubernetes", "1.30..1.37"),
        ("spec.targets.other", "1"),
        ("spec.blueprints", "a"),
        ("spec.checks", [{"code": "K8S001", "severity": "off"}]),
        ("spec.checks", [{"code": "k8s001", "severity": "off", "reason": "so"}]),
        ("spec.checks", [{"code": "K8S001", "severity": "none", "reason": "so"}]),
        ("spec.checks", [{"code": "K8S001", "severity": "off", "reason": "so", "kinds": "Pod"}]),
        ("spec.external", ["a"]),
        ("spec.external", ["Secret/a/b/c"]),
        ("spec.podSecurity", "privileged"),
        ("spec.renderings", [{"blueprint": "a"}]),
        ("spec.renderings", [{"blueprint": "", "to": "a"}]),
        ("spec.renderings", [{"blueprint": "a", "to": "a", "from": ""}]),
        ("spec.renderings", [{"blueprint": "a", "to": "a", "values": []}]),
    ],
)
def test_platform_file_that_both_refuse(place: str, value: object) -> None:
    """Schema and model refuse the same."""
    _both_refuse("platform", PLATFORM, place, value)


def _both_refuse(name: str, good: dict[str, Any], place: str, value: object) -> None:
    assert _by_schema(name, good)
    FORMATS[name].model_validate(good)
    *above, key = place.split(".")
    bad = _changed(good, above, key, value)
    assert not _by_schema(name, bad)
    with pytest.raises(ValidationError):
        FORMATS[name].model_validate(bad)


def _changed(data: dict[str, Any], above: list[str], key: str, value: object) -> dict[str, Any]:
    if not above:
        return {**data, key: value}
    first, *rest = above
    return {**data, first: _changed(data.get(first, {}), rest, key, value)}


def _by_schema(name: str, data: object) -> bool:
    """Tell whether a file of this data is taken, as it is when it is loaded; JSON is YAML."""
    (document,) = compose(Text("it", json.dumps(data)))
    return read_format(name, "XXX001", document.node, []) is not None


def _data(path: Path) -> object:
    (document,) = compose(read_text(path))
    return to_data(document.node, [])
