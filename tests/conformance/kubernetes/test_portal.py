"""What runs a portal: built by Kustomize as `kubectl apply -k` does, and taken by the real server without a warning."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.gomodules import KUSTOMIZE, built
from conformance.kubernetes.corpus import Case, dumped
from conformance.kubernetes.judgement import Judge
from conformance.sources import ROOT
from itdo_platform_gen.testing import cases, render_case

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.kubernetes.apiserver import ApiServer

BLUEPRINT = ROOT / "blueprints/backstage-app-config"
EXAMPLE = ROOT / "examples/itdo-erp/rendered/portal"
FILES = ["app-config.production.yaml", "app-config.yaml"]
# External Secrets brings it, and the server has none of it.
_FOREIGN = {"ExternalSecret"}


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Give what Kustomize makes of every portal that has an image, by name."""
    program = built(KUSTOMIZE) / "kustomize"
    folders = {"example": EXAMPLE}
    for case in cases(BLUEPRINT):
        bundle = render_case(BLUEPRINT, case)
        if "kustomization.yaml" in bundle:
            folders[case] = tmp_path_factory.mktemp(case)
            for path, file in bundle.items():
                (folders[case] / path).parent.mkdir(exist_ok=True)
                (folders[case] / path).write_bytes(file.content)
    return {name: _built(program, folder) for name, folder in folders.items()}


def _built(program: Path, folder: Path) -> list[dict[str, Any]]:
    done = subprocess.run([program, "build", folder], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return list(yaml.safe_load_all(done.stdout))


def _only(documents: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (document,) = [document for document in documents if document["kind"] == kind]
    return document


def test_pods_read_the_files_that_were_rendered(portals: dict[str, list[dict[str, Any]]]) -> None:
    """By a name that ends in a hash of them."""
    assert len(portals) > len(cases(BLUEPRINT)) / 2
    for documents in portals.values():
        config = _only(documents, "ConfigMap")
        assert sorted(config["data"]) == FILES
        assert config["metadata"]["name"].startswith("backstage-app-config-")
        pod = _only(documents, "Deployment")["spec"]["template"]["spec"]
        assert pod["volumes"][0]["configMap"]["name"] == config["metadata"]["name"]
        assert [word for word in pod["containers"][0]["command"] if word.startswith("/")] == [
            f"/etc/backstage/{name}" for name in reversed(FILES)
        ]


def test_the_server_takes_every_document(apiserver: ApiServer, portals: dict[str, list[dict[str, Any]]]) -> None:
    """In a namespace that holds pods to the restricted standard, of which it would warn."""
    judge = Judge(apiserver)
    for name, documents in portals.items():
        namespace = _only(documents, "Namespace")
        made = apiserver.request("POST", "/api/v1/namespaces?fieldValidation=Strict", dumped(namespace).encode())
        assert made.accepted or made.status == 409, made.reason
        own = [document for document in documents if document["kind"] not in {"Namespace", *_FOREIGN}]
        for document in own:
            verdict = judge.verdict(Case(f"{name}/{document['kind']}", document, document))
            assert (verdict.reason, verdict.warnings) == ("", ()), (name, document["kind"])
        assert len(own) >= 6
