"""Outside: what is in a cluster without any document making it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.made import ANYWHERE
from itdo_platform_gen.checks.reading import items, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document

_ALWAYS = frozenset(
    {
        *(("Namespace", name) for name in ("default", "kube-node-lease", "kube-public", "kube-system")),
        *(("ClusterRole", name) for name in ("admin", "cluster-admin", "edit", "view")),
        *(("PriorityClass", name) for name in ("system-cluster-critical", "system-node-critical")),
        *(("ConfigMap", name) for name in ("kube-root-ca.crt", "openshift-service-ca.crt")),
        ("ServiceAccount", "default"),
    }
)
# The groups of custom resources that no controller makes pods of.
_NO_PODS = frozenset(
    {
        *(
            "autoscaling.k8s.io",
            "backstage.io",
            "scaffolder.backstage.io",
            "bitnami.com",
            "cert-manager.io",
            "cilium.io",
            "external-secrets.io",
        ),
        *("gateway.networking.k8s.io", "keda.sh", "kustomize.config.k8s.io", "kyverno.io", "networking.istio.io"),
        *("platform.itdo-erp.com", "projectcalico.org", "scaffolder.backstage.io", "security.istio.io", "traefik.io"),
    }
)
_MONITORS = frozenset({"PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig", "ServiceMonitor"})


def may_make_pods(document: Document) -> bool:
    """Tell whether a controller may make pods of a custom resource whose labels the documents do not say."""
    group = group_of(document)
    return bool(group) and group not in _NO_PODS and document.kind not in _MONITORS


def is_always_there(kind: str, namespace: str, name: str) -> bool:
    """Tell whether every cluster, or every namespace, has something."""
    if kind in {"ClusterRole", "Role"} and name.startswith("system:"):
        return True
    return (kind, name) in _ALWAYS or (kind, namespace, name) == ("Service", "default", "kubernetes")


def brings_into(document: Document) -> Iterator[str]:
    """Give the namespaces into which a document brings others that are not seen; `*` for any."""
    data, group = document.data, group_of(document)
    if group == "argoproj.io" and document.kind == "Application":
        yield text(data, "spec", "destination", "namespace") or ANYWHERE
    elif group == "argoproj.io" and document.kind == "ApplicationSet":
        yield ANYWHERE
    elif group in {"helm.toolkit.fluxcd.io", "helm.cattle.io"}:
        yield text(data, "spec", "targetNamespace") or document.namespace
    elif group == "kustomize.toolkit.fluxcd.io":
        yield text(data, "spec", "targetNamespace") or ANYWHERE
    elif group == "kustomize.config.k8s.io" and _reaches_out(data):
        yield ANYWHERE


def _reaches_out(data: object) -> bool:
    """Tell whether a Kustomization takes in what stands above its folder, on a server or in a chart."""
    fields = ("resources", "bases", "components")
    paths = [path for field in fields for path in items(data, field) if isinstance(path, str)]
    above = any(path.startswith(("..", "github.com", "git@")) or "://" in path for path in paths)
    return above or bool(items(data, "helmCharts")) or bool(items(data, "generators"))
