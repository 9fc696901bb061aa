"""API versions: those of Kubernetes that are deprecated or gone, and what to write instead."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

# apiVersion | kinds | deprecated in | removed in | instead (an apiVersion that has the same kinds, or words)
_TABLE = """
v1                                    | ComponentStatus | 1.19 | - | ask the components' own health endpoints
v1                                    | Endpoints | 1.33 | - | write an EndpointSlice in discovery.k8s.io/v1
extensions/v1beta1                    | Deployment, DaemonSet, ReplicaSet | 1.8 | 1.16 | apps/v1
extensions/v1beta1                    | DeploymentRollback | 1.8 | 1.16 | use kubectl rollout undo
extensions/v1beta1                    | NetworkPolicy | 1.9 | 1.16 | networking.k8s.io/v1
extensions/v1beta1                    | Ingress | 1.14 | 1.22 | networking.k8s.io/v1
extensions/v1beta1                    | PodSecurityPolicy | 1.10 | 1.16 | label the Namespace with pod-security.kubernetes.io/enforce
apps/v1beta1                          | Deployment, StatefulSet, ControllerRevision | 1.8 | 1.16 | apps/v1
apps/v1beta1                          | DeploymentRollback | 1.8 | 1.16 | use kubectl rollout undo
apps/v1beta2                          | Deployment, DaemonSet, ReplicaSet, StatefulSet, ControllerRevision | 1.9 | 1.16 | apps/v1
auditregistration.k8s.io/v1alpha1     | AuditSink | - | 1.19 | configure audit logging of the API server
settings.k8s.io/v1alpha1              | PodPreset | - | 1.20 | use a MutatingAdmissionPolicy or a webhook
batch/v2alpha1                        | CronJob | - | 1.21 | batch/v1
batch/v1beta1                         | CronJob | 1.21 | 1.25 | batch/v1
policy/v1beta1                        | PodDisruptionBudget, Eviction | 1.21 | 1.25 | policy/v1
policy/v1beta1                        | PodSecurityPolicy | 1.21 | 1.25 | label the Namespace with pod-security.kubernetes.io/enforce
autoscaling/v2beta1                   | HorizontalPodAutoscaler | 1.22 | 1.25 | autoscaling/v2
autoscaling/v2beta2                   | HorizontalPodAutoscaler | 1.23 | 1.26 | autoscaling/v2
admissionregistration.k8s.io/v1beta1  | MutatingWebhookConfiguration, ValidatingWebhookConfiguration | 1.16 | 1.22 | admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1alpha1 | ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding | 1.29 | 1.32 | admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1beta1  | ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding | 1.31 | 1.34 | admissionregistration.k8s.io/v1
admissionregistration.k8s.io/v1alpha1 | MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding | 1.35 | 1.38 | admissionregistration.k8s.io/v1beta1
admissionregistration.k8s.io/v1beta1  | MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding | 1.37 | 1.40 | admissionregistration.k8s.io/v1
apiextensions.k8s.io/v1beta1          | CustomResourceDefinition, ConversionReview | 1.16 | 1.22 | apiextensions.k8s.io/v1
apiregistration.k8s.io/v1beta1        | APIService | 1.19 | 1.22 | apiregistration.k8s.io/v1
authentication.k8s.io/v1beta1         | TokenReview | 1.19 | 1.22 | authentication.k8s.io/v1
authentication.k8s.io/v1alpha1        | SelfSubjectReview | 1.29 | 1.32 | authentication.k8s.io/v1
authentication.k8s.io/v1beta1         | SelfSubjectReview | 1.30 | 1.33 | authentication.k8s.io/v1
authorization.k8s.io/v1beta1          | LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview, SubjectAccessReview | 1.19 | 1.22 | authorization.k8s.io/v1
certificates.k8s.io/v1beta1           | CertificateSigningRequest | 1.19 | 1.22 | certificates.k8s.io/v1
certificates.k8s.io/v1alpha1          | PodCertificateRequest | - | 1.35 | certificates.k8s.io/v1beta1
certificates.k8s.io/v1alpha1          | ClusterTrustBundle | 1.34 | 1.37 | certificates.k8s.io/v1beta1
certificates.k8s.io/v1beta1           | ClusterTrustBundle | 1.37 | 1.40 | certificates.k8s.io/v1
coordination.k8s.io/v1beta1           | Lease | 1.19 | 1.22 | coordination.k8s.io/v1
coordination.k8s.io/v1alpha1          | LeaseCandidate | - | 1.32 | coordination.k8s.io/v1alpha2
coordination.k8s.io/v1alpha2          | LeaseCandidate | 1.35 | 1.38 | coordination.k8s.io/v1beta1
discovery.k8s.io/v1beta1              | EndpointSlice | 1.21 | 1.25 | discovery.k8s.io/v1
events.k8s.io/v1beta1                 | Event | 1.22 | 1.25 | events.k8s.io/v1
flowcontrol.apiserver.k8s.io/v1beta1  | FlowSchema, PriorityLevelConfiguration | 1.23 | 1.26 | flowcontrol.apiserver.k8s.io/v1
flowcontrol.apiserver.k8s.io/v1beta2  | FlowSchema, PriorityLevelConfiguration | 1.26 | 1.29 | flowcontrol.apiserver.k8s.io/v1
flowcontrol.apiserver.k8s.io/v1beta3  | FlowSchema, PriorityLevelConfiguration | 1.29 | 1.32 | flowcontrol.apiserver.k8s.io/v1
networking.k8s.io/v1beta1             | Ingress, IngressClass | 1.19 | 1.22 | networking.k8s.io/v1
networking.k8s.io/v1alpha1            | ClusterCIDR | - | 1.29 | configure the node CIDRs of the controller manager
networking.k8s.io/v1alpha1            | IPAddress, ServiceCIDR | - | 1.31 | networking.k8s.io/v1beta1
networking.k8s.io/v1beta1             | IPAddress, ServiceCIDR | 1.34 | 1.37 | networking.k8s.io/v1
node.k8s.io/v1beta1                   | RuntimeClass | 1.22 | 1.25 | node.k8s.io/v1
rbac.authorization.k8s.io/v1alpha1    | ClusterRole, ClusterRoleBinding, Role, RoleBinding | 1.17 | 1.22 | rbac.authorization.k8s.io/v1
rbac.authorization.k8s.io/v1beta1     | ClusterRole, ClusterRoleBinding, Role, RoleBinding | 1.17 | 1.22 | rbac.authorization.k8s.io/v1
resource.k8s.io/v1alpha1              | PodScheduling, ResourceClaim, ResourceClaimTemplate, ResourceClass | - | 1.27 | write a ResourceClaim and DeviceClass in resource.k8s.io/v1
resource.k8s.io/v1alpha2              | ResourceClaim, ResourceClaimTemplate, ResourceSlice | - | 1.31 | resource.k8s.io/v1alpha3
resource.k8s.io/v1alpha2              | PodSchedulingContext, ResourceClaimParameters, ResourceClass, ResourceClassParameters | - | 1.31 | write a ResourceClaim and DeviceClass in resource.k8s.io/v1
resource.k8s.io/v1alpha3              | PodSchedulingContext | - | 1.32 | write a ResourceClaim and DeviceClass in resource.k8s.io/v1
resource.k8s.io/v1alpha3              | DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice | - | 1.34 | resource.k8s.io/v1
resource.k8s.io/v1alpha3              | DeviceTaintRule | 1.36 | 1.39 | resource.k8s.io/v1beta2
resource.k8s.io/v1beta1               | DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice | 1.35 | 1.38 | resource.k8s.io/v1
resource.k8s.io/v1beta2               | DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice | 1.36 | 1.39 | resource.k8s.io/v1
scheduling.k8s.io/v1alpha1            | PriorityClass | 1.14 | 1.22 | scheduling.k8s.io/v1
scheduling.k8s.io/v1beta1             | PriorityClass | 1.14 | 1.22 | scheduling.k8s.io/v1
scheduling.k8s.io/v1alpha1            | Workload | - | 1.36 | scheduling.k8s.io/v1alpha2
scheduling.k8s.io/v1alpha2            | PodGroup, Workload | - | 1.37 | scheduling.k8s.io/v1beta1
storage.k8s.io/v1alpha1               | CSIStorageCapacity, VolumeAttachment | 1.21 | 1.24 | storage.k8s.io/v1
storage.k8s.io/v1beta1                | CSIDriver, StorageClass, VolumeAttachment | 1.19 | 1.22 | storage.k8s.io/v1
storage.k8s.io/v1beta1                | CSINode | 1.17 | 1.22 | storage.k8s.io/v1
storage.k8s.io/v1beta1                | CSIStorageCapacity | 1.24 | 1.27 | storage.k8s.io/v1
storage.k8s.io/v1alpha1               | VolumeAttributesClass | 1.32 | 1.35 | storage.k8s.io/v1
storage.k8s.io/v1beta1                | VolumeAttributesClass | 1.34 | 1.37 | storage.k8s.io/v1
storagemigration.k8s.io/v1alpha1      | StorageVersionMigration | - | 1.35 | storagemigration.k8s.io/v1beta1
"""  # noqa: E501  a table reads best with a row a line


class Lifecycle(NamedTuple):
    """When a kind in an API version was deprecated and removed, empty where it was not, and what to write instead."""

    deprecated: str
    removed: str
    instead: str

    def is_deprecated(self, version: str) -> bool:
        """Tell whether a minor version of Kubernetes has it and warns of it."""
        return bool(self.deprecated) and _minor(self.deprecated) <= _minor(version) and not self.is_removed(version)

    def is_removed(self, version: str) -> bool:
        """Tell whether a minor version of Kubernetes has it no more."""
        return bool(self.removed) and _minor(self.removed) <= _minor(version)


@cache
def lifecycles() -> dict[tuple[str, str], Lifecycle]:
    """Give what is known of each apiVersion and kind that is deprecated or gone."""
    found = {}
    for row in _TABLE.strip().splitlines():
        api_version, kinds, deprecated, removed, instead = (cell.strip() for cell in row.split("|"))
        for kind in kinds.split(", "):
            hint = instead if " " in instead else f"{kind} is in {instead}"
            found[api_version, kind] = Lifecycle(deprecated.strip("-"), removed.strip("-"), hint)
    return found


def _minor(version: str) -> int:
    return int(version.partition(".")[2])
