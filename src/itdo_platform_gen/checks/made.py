"""Made: what documents bring into being besides themselves, such as the Secret of an ExternalSecret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.group import group_of, is_builtin
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.render.document import Document

ANYWHERE = "*"
"""The namespace of what is made in whichever namespace asks for it."""

_ISSUERS = ("cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "kubernetes.io/tls-acme")
_CERTIFICATE_KEYS = frozenset({"tls.crt", "tls.key", "ca.crt"})


@dataclass(frozen=True, slots=True)
class Made:
    """One thing that is made; its keys where they are known."""

    kind: str
    namespace: str
    name: str
    keys: frozenset[str] | None = None


def made_by(document: Document) -> Iterator[Made]:
    """Give what a document makes: itself, and what a controller or Kustomize makes of it."""
    if is_builtin(document) or document.kind != "Service":
        keys = _own_keys(document.data) if document.kind in {"ConfigMap", "Secret"} else None
        yield Made(document.kind, document.namespace, document.name, keys)
    maker = _MAKERS.get(document.kind)
    if maker is not None:
        for made in maker(document):
            if made.name:
                yield made


def _own_keys(data: object) -> frozenset[str] | None:
    keys = [str(key) for side in ("data", "binaryData", "stringData") for key in mapping(data, side)]
    # What has no key at all waits for a controller to fill it in, such as a CA bundle's.
    return frozenset(keys) if keys else None


def _external_secret(document: Document) -> Iterator[Made]:
    spec = mapping(document.data, "spec")
    if document.kind == "ClusterExternalSecret":
        name = text(spec, "externalSecretName") or document.name
        spec = mapping(spec, "externalSecretSpec")
        yield Made("Secret", ANYWHERE, text(spec, "target", "name") or name)
        return
    keys = [text(entry, "secretKey") for _, entry in mappings(spec, "data")]
    template = mapping(spec, "target", "template")
    if template.get("templateFrom") or (spec.get("dataFrom") and not template.get("data")):
        known = None
    else:
        known = frozenset(str(key) for key in mapping(template, "data") or keys)
        if text(template, "mergePolicy") == "Merge" or text(spec, "target", "creationPolicy") == "Merge":
            known = None
    yield Made("Secret", document.namespace, text(spec, "target", "name") or document.name, known)


def _sealed_secret(document: Document) -> Iterator[Made]:
    spec = mapping(document.data, "spec")
    keys = {*mapping(spec, "encryptedData"), *mapping(spec, "template", "data")}
    name = text(spec, "template", "metadata", "name") or document.name
    yield Made("Secret", document.namespace, name, frozenset(map(str, keys)) if keys else None)


def _certificate(document: Document) -> Iterator[Made]:
    spec = mapping(document.data, "spec")
    more = spec.get("keystores") or spec.get("additionalOutputFormats")
    yield Made("Secret", document.namespace, text(spec, "secretName"), None if more else _CERTIFICATE_KEYS)


def _ingress(document: Document) -> Iterator[Made]:
    annotations = mapping(document.data, "metadata", "annotations")
    if any(issuer in annotations for issuer in _ISSUERS):
        for _, entry in mappings(document.data, "spec", "tls"):
            yield Made("Secret", document.namespace, text(entry, "secretName"), _CERTIFICATE_KEYS)


def _kustomization(document: Document) -> Iterator[Made]:
    if group_of(document) != "kustomize.config.k8s.io":
        return
    for field, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        for _, entry in mappings(document.data, field):
            yield Made(kind, ANYWHERE, text(entry, "name"), _generated_keys(entry))


def _generated_keys(entry: dict[str, Any]) -> frozenset[str] | None:
    if entry.get("envs") or entry.get("env") or text(entry, "behavior") == "merge":
        return None
    literals = [literal.partition("=")[0] for literal in items(entry, "literals") if isinstance(literal, str)]
    files = [file for file in items(entry, "files") if isinstance(file, str)]
    return frozenset([*literals, *(_file_key(file) for file in files)])


def _file_key(file: str) -> str:
    key, equals, _ = file.partition("=")
    return key if equals else file.rpartition("/")[2]


def _stateful_set(document: Document) -> Iterator[Made]:
    replicas = at(document.data, "spec", "replicas")
    count = min(replicas, 1000) if isinstance(replicas, int) else 1
    for _, claim in mappings(document.data, "spec", "volumeClaimTemplates"):
        for ordinal in range(count):
            name = f"{text(claim, 'metadata', 'name')}-{document.name}-{ordinal}"
            yield Made("PersistentVolumeClaim", document.namespace, name)


def _secret_provider(document: Document) -> Iterator[Made]:
    for _, entry in mappings(document.data, "spec", "secretObjects"):
        yield Made("Secret", document.namespace, text(entry, "secretName"))


def _secret_of_same_name(document: Document) -> Iterator[Made]:
    name = text(document.data, "spec", "destination", "name") or text(document.data, "spec", "secretName")
    yield Made("Secret", document.namespace, name or document.name)


def _bundle(document: Document) -> Iterator[Made]:
    for kind in ("ConfigMap", "Secret"):
        if mapping(document.data, "spec", "target", kind[0].lower() + kind[1:]):
            yield Made(kind, ANYWHERE, document.name)


def _knative(document: Document) -> Iterator[Made]:
    if not is_builtin(document):
        yield Made("Service", document.namespace, document.name)


_MAKERS: dict[str, Callable[[Document], Iterator[Made]]] = {
    "Bundle": _bundle,
    "Certificate": _certificate,
    "ClusterExternalSecret": _external_secret,
    "ExternalSecret": _external_secret,
    "Ingress": _ingress,
    "Kustomization": _kustomization,
    "OnePasswordItem": _secret_of_same_name,
    "SealedSecret": _sealed_secret,
    "SecretProviderClass": _secret_provider,
    "Service": _knative,
    "StatefulSet": _stateful_set,
    "VaultDynamicSecret": _secret_of_same_name,
    "VaultStaticSecret": _secret_of_same_name,
}
