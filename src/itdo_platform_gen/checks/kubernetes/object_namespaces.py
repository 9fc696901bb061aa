"""The namespace of an object has the form of one; what stands in no namespace may say anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import group_of, is_builtin
from itdo_platform_gen.checks.names import is_dns_label
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

_NAMESPACED = frozenset(
    {
        *("Binding", "ConfigMap", "ControllerRevision", "CronJob", "CSIStorageCapacity", "DaemonSet", "Deployment"),
        *("EndpointSlice", "Endpoints", "Event", "HorizontalPodAutoscaler", "Ingress", "Job", "Lease", "LimitRange"),
        *("LocalSubjectAccessReview", "NetworkPolicy", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget"),
        *("PodTemplate", "ReplicaSet", "ReplicationController", "ResourceClaim", "ResourceClaimTemplate"),
        *("ResourceQuota", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet"),
    }
)
# The groups of custom resources we know, in which only kinds with Cluster in their name have no namespace.
_CUSTOM = frozenset(
    {"tekton.dev", "triggers.tekton.dev", "argoproj.io", "monitoring.coreos.com", "external-secrets.io"}
)


def _find(document: Document, _: World) -> Iterator[Finding]:
    namespace = at(document.data, "metadata", "namespace")
    if not isinstance(namespace, str) or not namespace or is_dns_label(namespace):
        return
    kind = document.kind
    if kind in _NAMESPACED if is_builtin(document) else group_of(document) in _CUSTOM and "Cluster" not in kind:
        message = (
            "expected at most 63 lower case letters, digits and -, starting and ending with a letter or digit, got "
        )
        yield Finding(document, ("metadata", "namespace"), message + show(namespace))


_GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: team-a}
data: {mode: fast}
"""

RULE = Rule(
    code="K8S138",
    title="namespaces of objects",
    effect="refused",
    reason="A namespace's name is an RFC 1123 label, and no other namespace can be there.",
    fix="name a namespace in lower case letters, digits and dashes",
    good=_GOOD,
    bad=_GOOD.replace("team-a", "Team_A"),
    document=_find,
)
