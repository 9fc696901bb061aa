"""A bundle is a mapping of paths to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greeter import RENDERED_CONFIGMAP, RENDERED_SERVICE
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.render.bundle import Bundle, File

if TYPE_CHECKING:
    from itdo_platform_gen.blueprint.blueprint import Blueprint


def test_a_bundle_is_a_mapping(greeter: Blueprint) -> None:
    bundle = render_blueprint(greeter, {"name": "alice", "ports": [{"name": "web"}]})
    assert isinstance(bundle, Bundle)
    assert list(bundle) == ["configmap.yaml", "services/web.yaml"]
    assert {path: file.text for path, file in bundle.items()} == {
        "configmap.yaml": RENDERED_CONFIGMAP,
        "services/web.yaml": RENDERED_SERVICE,
    }
    assert len(bundle) == 2
    assert [document.resource for document in bundle.documents] == ["ConfigMap/alice", "Service/alice-web"]
    assert bundle.get("other.yaml") is None


def test_a_file_knows_its_digest() -> None:
    empty = File(b"")
    assert empty.digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (empty.mode, empty.text) == (0o644, "")
