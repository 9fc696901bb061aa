"""References: the places where a document names another thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.group import group_of, is_builtin
from itdo_platform_gen.checks.pod_references import references_of_pod
from itdo_platform_gen.checks.reading import at, mapping, mappings, text
from itdo_platform_gen.checks.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_CLUSTER_WIDE = frozenset({"ClusterRole", "ClusterSecretStore", "ClusterIssuer", "ClusterGenerator", "PriorityClass"})


def references_in(world: World) -> Iterator[Reference]:
    """Give every reference that the documents hold."""
    for pod in world.pods:
        yield from references_of_pod(pod)
    for document in world.documents:
        reader = _READERS.get(document.kind)
        if reader is not None and (reader in _FOREIGN or is_builtin(document)):
            yield from reader(document)


@dataclass(frozen=True, slots=True)
class Backend:
    """A Service that a document sends requests to, and the path of the mapping that says so."""

    document: Document
    path: Path
    service: dict[str, Any]

    @property
    def name(self) -> str:
        """The Service's name."""
        return text(self.service, "name")


def backends_of(document: Document) -> Iterator[Backend]:
    """Give the backends of an Ingress."""
    places: list[Path] = [("spec", "defaultBackend", "service")]
    for index, rule in mappings(document.data, "spec", "rules"):
        for number, _ in mappings(rule, "http", "paths"):
            places.append(("spec", "rules", index, "http", "paths", number, "backend", "service"))
    for path in places:
        service = at(document.data, *path)
        if isinstance(service, dict):
            yield Backend(document, path, service)


def _to(document: Document, kind: str, path: Path, namespace: str | None = None) -> Iterator[Reference]:
    name = text(document.data, *path)
    if name:
        where = "" if kind in _CLUSTER_WIDE else document.namespace if namespace is None else namespace
        yield Reference(document, path, kind, where, name)


def _ingress(document: Document) -> Iterator[Reference]:
    for backend in backends_of(document):
        yield from _to(document, "Service", (*backend.path, "name"))
    for index, _ in mappings(document.data, "spec", "tls"):
        yield from _to(document, "Secret", ("spec", "tls", index, "secretName"))


def _binding(document: Document) -> Iterator[Reference]:
    kind = text(document.data, "roleRef", "kind")
    if kind in {"Role", "ClusterRole"}:
        yield from _to(document, kind, ("roleRef", "name"))
    for index, subject in mappings(document.data, "subjects"):
        if text(subject, "kind") == "ServiceAccount" and text(subject, "namespace"):
            yield from _to(document, "ServiceAccount", ("subjects", index, "name"), text(subject, "namespace"))


def _scaler(document: Document) -> Iterator[Reference]:
    field = "targetRef" if document.kind == "VerticalPodAutoscaler" else "scaleTargetRef"
    default = "Deployment" if document.kind == "ScaledObject" else ""
    kind = text(document.data, "spec", field, "kind") or default
    if kind:
        yield from _to(document, kind, ("spec", field, "name"))


def _stateful_set(document: Document) -> Iterator[Reference]:
    yield from _to(document, "Service", ("spec", "serviceName"))


def _service_account(document: Document) -> Iterator[Reference]:
    for field in ("imagePullSecrets", "secrets"):
        for index, _ in mappings(document.data, field):
            yield from _to(document, "Secret", (field, index, "name"))


def _external_secret(document: Document) -> Iterator[Reference]:
    data = document.data
    if group_of(document) != "external-secrets.io":
        return
    places: list[tuple[Path, str]] = [(("spec", "secretStoreRef"), "SecretStore")]
    for field in ("data", "dataFrom"):
        for index, _ in mappings(data, "spec", field):
            places.append((("spec", field, index, "sourceRef", "storeRef"), "SecretStore"))
            places.append((("spec", field, index, "sourceRef", "generatorRef"), ""))
    for path, default in places:
        kind = text(data, *path, "kind") or default
        if kind:
            yield from _to(document, kind, (*path, "name"))


def _certificate(document: Document) -> Iterator[Reference]:
    issuer = mapping(document.data, "spec", "issuerRef")
    if group_of(document) == "cert-manager.io" and text(issuer, "group") in {"", "cert-manager.io"}:
        yield from _to(document, text(issuer, "kind") or "Issuer", ("spec", "issuerRef", "name"))


def _route(document: Document) -> Iterator[Reference]:
    for index, rule in mappings(document.data, "spec", "rules"):
        for number, backend in mappings(rule, "backendRefs"):
            if text(backend, "kind") in {"", "Service"} and text(backend, "group") == "":
                path = ("spec", "rules", index, "backendRefs", number, "name")
                yield from _to(document, "Service", path, text(backend, "namespace") or None)


_FOREIGN: frozenset[Callable[[Document], Iterator[Reference]]] = frozenset(
    {_certificate, _external_secret, _route, _scaler}
)
_READERS: dict[str, Callable[[Document], Iterator[Reference]]] = {
    "Certificate": _certificate,
    "ClusterRoleBinding": _binding,
    "ExternalSecret": _external_secret,
    "GRPCRoute": _route,
    "HTTPRoute": _route,
    "HorizontalPodAutoscaler": _scaler,
    "Ingress": _ingress,
    "RoleBinding": _binding,
    "ScaledObject": _scaler,
    "ServiceAccount": _service_account,
    "StatefulSet": _stateful_set,
    "TCPRoute": _route,
    "TLSRoute": _route,
    "VerticalPodAutoscaler": _scaler,
}
