"""What a service gives the cluster: clean by our own checks, before Kustomize and after it, and taken by Tekton."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.gomodules import KUSTOMIZE, built
from conformance.service.combinations import combinations, distinct
from conformance.service.command import run
from conformance.sources import ROOT
from conformance.tekton.conftest import judge
from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.checks.settings import Setting, Settings
from itdo_platform_gen.checks.validate import examine
from itdo_platform_gen.platform.rendering import render_blueprint
from itdo_platform_gen.syntax.mark import Text
from podsecurity import restricted_faults

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.service.combinations import Combination, Files
    from conformance.tekton.judge import Judge
    from itdo_platform_gen.checks.validate import Validation

__all__ = ["judge"]

OVERLAYS = ("development", "staging", "production")
VERSIONS = ("1.30", "1.37")
WITH_TEKTON = [combination for combination in combinations() if combination.values["tekton"]]
_REPLICAS = {"development": (1, 1), "staging": (2, 5), "production": (3, 12)}


@pytest.fixture(scope="session")
def kustomize() -> Path:
    """Give the real Kustomize."""
    return built(KUSTOMIZE) / "kustomize"


def test_manifests_are_clean() -> None:
    """Every document, by every check, for the oldest and the newest Kubernetes."""
    for name, files in distinct("deploy", of=combinations()).items():
        combination = _named(name)
        found = _examined(files, _secrets(combination))
        assert [str(problem) for problem in found.diagnostics] == [], name
        assert {"Deployment", "Service", "NetworkPolicy"} <= {document.kind for document in found.documents}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_kustomize_builds_is_clean(overlay: str, kustomize: Path, trees: Path) -> None:
    """And it is a Deployment that a namespace of restricted pods takes, with as many pods as the place asks for."""
    for name in distinct("deploy", of=combinations()):
        combination = _named(name)
        namespace = f"{combination.values['name']}-{overlay}"
        said = run([kustomize, "build", f"{name}/deploy/overlays/{overlay}"], trees).passed().output
        found = _examined({f"{name}.yaml": said.encode()}, _secrets(combination, namespace))
        assert [str(problem) for problem in found.diagnostics] == [], name

        by_kind = {document.kind: _data(document) for document in found.documents}
        assert {document.namespace for document in found.documents} == {namespace}
        assert len(by_kind) == len(found.documents) == 7
        pod = by_kind["Deployment"]["spec"]["template"]["spec"]
        assert restricted_faults(pod) == []
        scaling = by_kind["HorizontalPodAutoscaler"]["spec"]
        # Without a database notes are kept by one process.
        replicas = _REPLICAS[overlay] if combination.database else (1, 1)
        assert (scaling["minReplicas"], scaling["maxReplicas"]) == replicas
        assert [container["name"] for container in pod.get("initContainers", [])] == (
            ["migrate"] if combination.database else []
        )
        (service,) = pod["containers"]
        assert service["ports"] == [{"name": "http", "containerPort": combination.values["port"]}]
        assert service["image"].startswith(f"{combination.values['image']}:")


def test_the_pipeline_can_put_an_image_into_every_overlay(kustomize: Path, tmp_path: Path) -> None:
    """It writes the Component beside an overlay, by the name of the service; Kustomize takes it from there."""
    digest = f"sha256:{'a' * 64}"
    (combination,) = (one for one in combinations() if one.name == "github-3.13-database-cache")
    folder = combination.write(tmp_path / "repository")
    image, name = combination.values["image"], combination.values["name"]
    for overlay in OVERLAYS:
        component = folder / "deploy/overlays" / overlay / f"image-{name}/kustomization.yaml"
        data = yaml.safe_load(component.read_text("utf-8"))
        assert data["images"][0]["name"] == image
        component.write_text(yaml.safe_dump({**data, "images": [{"name": image, "digest": digest}]}), "utf-8")
        said = run([kustomize, "build", f"deploy/overlays/{overlay}"], folder).passed().output
        assert re.findall(r"image: (\S+)", said) == [f"{image}@{digest}"] * 2


def test_runs_are_clean() -> None:
    """But for what is the cluster's: the pipeline, its accounts, and two Secrets."""
    for name, files in distinct(".tekton", of=WITH_TEKTON).items():
        pipeline = _named(name).values["pipeline_name"]
        outside = {f"ServiceAccount/{pipeline}", f"ServiceAccount/{pipeline}-deployer"}
        found = _examined(files, outside | {"Secret/git-credentials", "Secret/registry-credentials"})
        assert [str(problem) for problem in found.diagnostics] == [], name
        assert [document.kind for document in found.documents] == ["PipelineRun"]


def test_tekton_takes_the_runs(judge: Judge) -> None:
    runs = {name: files[".tekton/push.yaml"].decode() for name, files in distinct(".tekton", of=WITH_TEKTON).items()}
    verdicts = judge.verdicts(runs)
    assert {name: verdicts[name].reason for name in runs if not verdicts[name].accepted} == {}
    assert not judge.verdicts({"bad": runs["awkward"].replace("cluster", "")})["bad"].accepted


def test_runs_are_those_of_the_blueprint_of_the_pipeline() -> None:
    """What a service asks of the platform's pipeline is what the pipeline's own blueprint would write for it."""
    pipeline = load_blueprint(ROOT / "blueprints/tekton-pipeline")
    for name in distinct(".tekton", of=WITH_TEKTON):
        values = _named(name).values
        asked = {
            "name": values["pipeline_name"],
            "namespace": values["pipeline_namespace"],
            "output": "pipelines-as-code",
            "languages": ["python"],
        }
        written = render_blueprint(pipeline, asked).files[f".tekton/{values['pipeline_name']}.yaml"]
        theirs, ours = yaml.safe_load(written.content), _run(name)
        assert {**theirs["metadata"]["annotations"]} == ours["metadata"]["annotations"]
        for run_of in (theirs, ours):
            _set_by_each(run_of["spec"])
        assert ours["spec"] == theirs["spec"]


def test_the_catalog_knows_the_service() -> None:
    """Names and references fit together; of what kind each entity is, is Backstage's to say."""
    for name, files in distinct("catalog-info.yaml", of=combinations()).items():
        values = _named(name).values
        entities: dict[str, list[dict[str, Any]]] = {"Component": [], "API": [], "Resource": []}
        for entity in _entities(files):
            entities[entity["kind"]].append(entity)
            assert entity["spec"]["owner"] == values["owner"]
        (component,) = entities["Component"]
        parts = {f"resource:{entity['metadata']['name']}" for entity in entities["Resource"]}
        assert component["metadata"]["name"] == values["name"]
        assert component["spec"]["providesApis"] == [entity["metadata"]["name"] for entity in entities["API"]]
        assert set(component["spec"].get("dependsOn", [])) == parts
        assert len(parts) == values["database_required"] + values["cache_required"]


def _examined(files: Files, external: set[str]) -> Validation:
    """Check files as `platform-gen validate --strict --pod-security restricted` would."""
    strict = Setting("K8S004", "error", "every kind has to be known")
    settings = Settings((strict,), frozenset(external), "restricted")
    return examine([Text(path, text.decode()) for path, text in files.items()], VERSIONS, settings=settings)


def _secrets(combination: Combination, namespace: str = "") -> set[str]:
    """Name the Secrets that the cluster has to have."""
    parts = [part for part in ("database", "cache") if combination.values[f"{part}_required"]]
    within = f"{namespace}/" if namespace else ""
    return {f"Secret/{within}{combination.values['name']}-{part}" for part in parts}


def _named(name: str) -> Combination:
    (found,) = (combination for combination in combinations() if combination.name == name)
    return found


def _run(name: str) -> Any:
    return yaml.safe_load(_named(name).files[".tekton/push.yaml"])


def _entities(files: Files) -> list[dict[str, Any]]:
    return [*yaml.safe_load_all(files["catalog-info.yaml"])]


def _data(document: Any) -> Any:
    return document.data


def _set_by_each(spec: dict[str, Any]) -> None:
    """Take out what a service sets for itself: its name, how long it may take, and how much it may lay down."""
    del spec["timeouts"]
    (name,) = (parameter for parameter in spec["params"] if parameter["name"] == "service-name")
    spec["params"].remove(name)
    del spec["workspaces"][0]["volumeClaimTemplate"]["spec"]["resources"]
