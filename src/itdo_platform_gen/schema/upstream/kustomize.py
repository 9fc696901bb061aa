"""Kustomize: the kinds that kustomize itself reads, by hand, since no package holds them.

Source: the types that the kustomize reference documents for a kustomization file.
"""

from __future__ import annotations

from itdo_platform_gen.schema.upstream.structure import REFERENCE, Definitions, Schema

VERSION = "5"

KINDS = {
    "kustomize.Component": "kustomize.config.k8s.io/v1alpha1 Component",
    "kustomize.Kustomization": "kustomize.config.k8s.io/v1beta1 Kustomization",
}

_TEXT: Schema = {"type": ["string", "null"]}
_FLAG: Schema = {"type": ["boolean", "null"]}
_COUNT: Schema = {"type": ["integer", "null"]}
_FREE: Schema = {"type": ["object", "null"]}


def _some(items: Schema) -> Schema:
    return {"items": items, "type": ["array", "null"]}


def _each(values: Schema) -> Schema:
    return {"additionalProperties": values, "type": ["object", "null"]}


def _one_of(*values: str) -> Schema:
    return {"enum": [*values, "", None]}


def _fields(*required: str, **fields: Schema) -> Schema:
    closed = {"additionalProperties": False, "properties": dict(sorted(fields.items()))}
    return {**closed, **({"required": list(required)} if required else {}), "type": ["object", "null"]}


def _of(name: str) -> Schema:
    return {"$ref": f"{REFERENCE}kustomize.{name}"}


_TEXTS = _some(_TEXT)
_TEXT_BY_NAME = _each(_TEXT)
_RESOURCE_ID = {"group": _TEXT, "kind": _TEXT, "name": _TEXT, "namespace": _TEXT, "version": _TEXT}
_GENERATED = {
    "behavior": _one_of("create", "merge", "replace"),
    "env": _TEXT,
    "envs": _TEXTS,
    "files": _TEXTS,
    "literals": _TEXTS,
    "name": _TEXT,
    "namespace": _TEXT,
    "options": _of("GeneratorOptions"),
}


def _kustomization(api_version: str, kind: str) -> Schema:
    return _fields(
        apiVersion={"enum": [api_version, None]},
        bases=_TEXTS,
        buildMetadata=_some(
            {"enum": ["managedByLabel", "originAnnotations", "transformerAnnotations"]},
        ),
        commonAnnotations=_TEXT_BY_NAME,
        commonLabels=_TEXT_BY_NAME,
        components=_TEXTS,
        configMapGenerator=_some(_of("ConfigMapArgs")),
        configurations=_TEXTS,
        crds=_TEXTS,
        generatorOptions=_of("GeneratorOptions"),
        generators=_TEXTS,
        helmChartInflationGenerator=_some(_of("HelmChartArgs")),
        helmCharts=_some(_of("HelmChart")),
        helmGlobals=_of("HelmGlobals"),
        imageTags=_some(_of("Image")),
        images=_some(_of("Image")),
        kind={"enum": [kind, None]},
        labels=_some(_of("Label")),
        metadata={"$ref": f"{REFERENCE}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"},
        namePrefix=_TEXT,
        nameSuffix=_TEXT,
        namespace=_TEXT,
        openapi=_TEXT_BY_NAME,
        patches=_some(_of("Patch")),
        patchesJson6902=_some(_of("Patch")),
        patchesStrategicMerge=_TEXTS,
        replacements=_some(_of("Replacement")),
        replicas=_some(_of("Replica")),
        resources=_TEXTS,
        secretGenerator=_some(_of("SecretArgs")),
        sortOptions=_of("SortOptions"),
        transformers=_TEXTS,
        validators=_TEXTS,
        vars=_some(_of("Var")),
    )


DEFINITIONS: Definitions = {
    "kustomize.Component": _kustomization("kustomize.config.k8s.io/v1alpha1", "Component"),
    "kustomize.ConfigMapArgs": _fields(**_GENERATED),
    "kustomize.FieldOptions": _fields(create=_FLAG, delimiter=_TEXT, encoding=_TEXT, index=_COUNT),
    "kustomize.FieldSpec": _fields(create=_FLAG, group=_TEXT, kind=_TEXT, path=_TEXT, version=_TEXT),
    "kustomize.GeneratorOptions": _fields(
        annotations=_TEXT_BY_NAME, disableNameSuffixHash=_FLAG, immutable=_FLAG, labels=_TEXT_BY_NAME
    ),
    "kustomize.HelmChart": _fields(
        additionalValuesFiles=_TEXTS,
        apiVersions=_TEXTS,
        debug=_FLAG,
        devel=_FLAG,
        includeCRDs=_FLAG,
        kubeVersion=_TEXT,
        name=_TEXT,
        nameTemplate=_TEXT,
        namespace=_TEXT,
        releaseName=_TEXT,
        repo=_TEXT,
        skipHooks=_FLAG,
        skipTests=_FLAG,
        valuesFile=_TEXT,
        valuesInline=_FREE,
        valuesMerge=_one_of("merge", "override", "replace"),
        version=_TEXT,
    ),
    "kustomize.HelmChartArgs": _fields(
        chartHome=_TEXT,
        chartName=_TEXT,
        chartRepoName=_TEXT,
        chartRepoUrl=_TEXT,
        chartVersion=_TEXT,
        extraArgs=_TEXTS,
        helmBin=_TEXT,
        helmHome=_TEXT,
        releaseName=_TEXT,
        releaseNamespace=_TEXT,
        values=_TEXT,
        valuesLocal=_FREE,
        valuesMerge=_one_of("merge", "override", "replace"),
    ),
    "kustomize.HelmGlobals": _fields(chartHome=_TEXT, configHome=_TEXT),
    "kustomize.Image": _fields(digest=_TEXT, name=_TEXT, newName=_TEXT, newTag=_TEXT, tagSuffix=_TEXT),
    "kustomize.Kustomization": _kustomization("kustomize.config.k8s.io/v1beta1", "Kustomization"),
    "kustomize.Label": _fields(
        fields=_some(_of("FieldSpec")), includeSelectors=_FLAG, includeTemplates=_FLAG, pairs=_TEXT_BY_NAME
    ),
    "kustomize.Patch": _fields(options=_each(_FLAG), patch=_TEXT, path=_TEXT, target=_of("Selector")),
    "kustomize.Replacement": _fields(
        path=_TEXT, source=_of("SourceSelector"), sourceValue=_TEXT, targets=_some(_of("TargetSelector"))
    ),
    "kustomize.Replica": _fields("name", count=_COUNT, name=_TEXT),
    "kustomize.SecretArgs": _fields(**_GENERATED, type=_TEXT),
    "kustomize.Selector": _fields(**_RESOURCE_ID, annotationSelector=_TEXT, labelSelector=_TEXT),
    "kustomize.SortOptions": _fields(
        legacySortOptions=_fields(orderFirst=_TEXTS, orderLast=_TEXTS), order=_one_of("fifo", "legacy")
    ),
    "kustomize.SourceSelector": _fields(**_RESOURCE_ID, fieldPath=_TEXT, options=_of("FieldOptions")),
    "kustomize.TargetSelector": _fields(
        fieldPaths=_TEXTS, options=_of("FieldOptions"), reject=_some(_of("Selector")), select=_of("Selector")
    ),
    "kustomize.Var": _fields(
        fieldref=_fields(fieldpath=_TEXT, fieldPath=_TEXT),
        name=_TEXT,
        objref=_fields(**_RESOURCE_ID, apiVersion=_TEXT),
    ),
}
