"""A database keeps its data longer than its pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pods import pod_of
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

# Where the usual images of databases keep what they are for.
_DATA = {
    "cassandra": "/var/lib/cassandra",
    "mariadb": "/var/lib/mysql",
    "mongo": "/data/db",
    "mysql": "/var/lib/mysql",
    "postgres": "/var/lib/postgresql",
    "postgresql": "/bitnami/postgresql",
}


def _find(document: Document, _: World) -> Iterator[Finding]:
    pod = pod_of(document)
    if pod is None:
        return
    fleeting = {text(volume, "name"): index for index, volume in mappings(pod.spec, "volumes") if "emptyDir" in volume}
    for _path, container in pod.containers("containers"):
        image = text(container, "image").partition("@")[0].rpartition("/")[2].partition(":")[0]
        for _index, mount in mappings(container, "volumeMounts"):
            name = text(mount, "name")
            if image in _DATA and name in fleeting and text(mount, "mountPath").startswith(_DATA[image]):
                place = (*pod.spec_path, "volumes", fleeting[name], "emptyDir")
                yield Finding(document, place, f"expected a volume that lasts for the data of {image}, got emptyDir")


_GOOD = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: db, namespace: dev}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: dev}
spec:
  containers:
    - name: postgres
      image: postgres:17.2
      volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: db}}]
"""

RULE = Rule(
    code="K8S243",
    title="data of databases",
    effect="advice",
    reason="What is in an emptyDir is lost when its pod goes, as on every roll-out.",
    fix="use a StatefulSet with a volumeClaimTemplate, or turn this check off where the data may go",
    good=_GOOD,
    bad=_GOOD.replace("persistentVolumeClaim: {claimName: db}", "emptyDir: {}"),
    document=_find,
    kinds=("Deployment", "StatefulSet", "ReplicaSet", "Pod", "DaemonSet"),
)
