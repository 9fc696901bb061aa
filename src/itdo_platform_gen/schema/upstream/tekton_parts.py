"""Parts of Tekton's types that its OpenAPI does not tell, written by hand.

Sources: the Go types of tektoncd/pipeline and tektoncd/triggers, and what their webhooks answer.
"""

from __future__ import annotations

from typing import Any

from itdo_platform_gen.schema.upstream.structure import REFERENCE, Definitions, Schema

_ALPHA = "dev.tekton.triggers.v1alpha1"
_BETA = "dev.tekton.triggers.v1beta1"
_ANYTHING: dict[str, Any] = {}
_TEXT = {"type": ["string", "null"]}
_TEXTS = {"items": _TEXT, "type": ["array", "null"]}
_OBJECT = {"type": ["object", "null"]}
_DURATION = {
    "pattern": "^[+-]?(0|(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$",
    "type": ["string", "null"],
    "x-code": "TKN017",
    "x-says": "a duration such as 1h30m or 90s",
}
_URL = {
    "pattern": "^([a-zA-Z][-a-zA-Z0-9+.]*:|[^:/?#]*([/?#]|$))",
    "type": ["string", "null"],
    "x-code": "TKN017",
    "x-says": "a URL",
}
_PORT = {"maximum": 2**31 - 1, "minimum": -(2**31), "type": ["integer", "null"]}

# By the end of a name that no definition bears: what Go's decoder takes in its place.
PARTS: dict[str, Schema] = {
    # The decoder of parameters takes what it does not know as text.
    "dev.tekton.pipeline.v1.ParamValue": _ANYTHING,
    "dev.tekton.pipeline.v1beta1.ParamValue": _ANYTHING,
    "v1.Duration": _DURATION,
    "io.k8s.apimachinery.pkg.apis.meta.v1.Duration": _DURATION,
    "k8s.io.apimachinery.pkg.runtime.RawExtension": _ANYTHING,
    "v1.JSON": _ANYTHING,
    "dev.tekton.triggers.v1beta1.TriggerResourceTemplate": _ANYTHING,
    "runtime.RawExtension": _ANYTHING,
    "apis.URL": _URL,
    "v1.WithPodSpec": {"$ref": REFERENCE + "dev.tekton.triggers.v1beta1.WithPodSpec"},
    "v1alpha1.PipelineResourceSpec": _OBJECT,
    # Of statuses, which nobody writes.
    "dev.tekton.pipeline.v1.PipelineRunStatus": _OBJECT,
    "dev.tekton.pipeline.v1.TaskRunStatus": _OBJECT,
    "dev.tekton.pipeline.v1beta1.PipelineRunStatus": _OBJECT,
    "dev.tekton.pipeline.v1beta1.TaskRunStatus": _OBJECT,
    "dev.tekton.pipeline.v1beta1.ResolutionRequestStatus": _OBJECT,
    "dev.tekton.triggers.v1beta1.EventListenerStatus": _OBJECT,
    "github.com.tektoncd.pipeline.pkg.apis.run.v1beta1.CustomRunStatus": _OBJECT,
}


def _object(**fields: Schema) -> Schema:
    return {"additionalProperties": False, "properties": dict(sorted(fields.items())), "type": ["object", "null"]}


def _reference(name: str) -> Schema:
    return {"$ref": REFERENCE + name}


_METADATA = _reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
_INTERCEPTOR = _object(
    apiVersion=_TEXT,
    kind=_TEXT,
    metadata=_METADATA,
    spec=_reference(f"{_ALPHA}.InterceptorSpec"),
    status=_OBJECT,
)


def _core(name: str) -> Schema:
    return _reference(f"io.k8s.api.core.v1.{name}")


def _list(items: Schema) -> Schema:
    return {"items": items, "type": ["array", "null"]}


def _unread(*names: str) -> Definitions:
    """Give kinds of older versions as the webhooks know them, their inside unchecked."""
    whole = _object(apiVersion=_TEXT, kind=_TEXT, metadata=_METADATA, spec=_OBJECT, status=_OBJECT)
    return dict.fromkeys(names, whole)


def _open(refused: tuple[str, ...] = (), /, **fields: Schema) -> Schema:
    """Give a mapping that may have any fields but some."""
    schema = {"properties": dict(sorted(fields.items())), "type": ["object", "null"]}
    if not refused:
        return schema
    names = {"not": {"enum": [*refused]}, "x-code": "TKN017", "x-says": "a field that an EventListener may set"}
    return {**schema, "propertyNames": names}


# What an EventListener may say of its pod: the rest is its controller's own.
_POD = {
    "affinity": _core("Affinity"),
    "imagePullSecrets": _list(_core("LocalObjectReference")),
    "nodeSelector": {"additionalProperties": _TEXT, "type": ["object", "null"]},
    "securityContext": _core("PodSecurityContext"),
    "serviceAccountName": _TEXT,
    "tolerations": _list(_core("Toleration")),
    "topologySpreadConstraints": _list(_core("TopologySpreadConstraint")),
}
_CONTAINER = {
    "env": _list(_reference(f"{_BETA}.EnvVar")),
    "resources": _core("ResourceRequirements"),
    "securityContext": _core("SecurityContext"),
}
_OF_PODS = (
    "activeDeadlineSeconds", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks",
    "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostname", "initContainers", "nodeName", "priority",
    "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName", "schedulerName",
    "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "volumes",
)  # fmt: skip
_OF_CONTAINERS = (
    "args", "command", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe", "name", "ports",
    "readinessProbe", "startupProbe", "stdin", "stdinOnce", "terminationMessagePath", "terminationMessagePolicy", "tty",
    "volumeDevices", "volumeMounts", "workingDir",
)  # fmt: skip

_LABELLED = _open(**dict.fromkeys(("annotations", "labels"), _POD["nodeSelector"]))

BY_HAND: Definitions = {
    f"{_BETA}.WithPodSpec": _object(template=_object(metadata=_METADATA, spec=_reference(f"{_BETA}.PodSpec"))),
    f"{_BETA}.PodSpec": _object(**_POD, containers=_list(_reference(f"{_BETA}.Container"))),
    f"{_BETA}.Container": _object(
        **_CONTAINER, **dict.fromkeys(("livenessProbe", "readinessProbe", "startupProbe"), _reference(f"{_BETA}.Probe"))
    ),
    f"{_BETA}.EnvVar": _object(name=_TEXT, valueFrom=_object(secretKeyRef=_core("SecretKeySelector"))),
    f"{_BETA}.Probe": _object(
        **dict.fromkeys(
            (
                "failureThreshold", "initialDelaySeconds", "periodSeconds", "successThreshold",
                "terminationGracePeriodSeconds", "timeoutSeconds",
            ),
            _PORT,
        ),
        exec=_core("ExecAction"),
        grpc=_core("GRPCAction"),
        httpGet=_core("HTTPGetAction"),
        tcpSocket=_core("TCPSocketAction"),
    ),
    # What another controller makes of an EventListener is read for its pod, and the rest left to that controller.
    f"{_BETA}.CustomResource": _open(
        apiVersion=_TEXT, kind=_TEXT, metadata=_LABELLED, spec=_open(template=_reference(f"{_BETA}.OpenPod"))
    ),
    f"{_BETA}.OpenPod": _open(metadata=_LABELLED, spec=_reference(f"{_BETA}.OpenPodSpec")),
    f"{_BETA}.OpenPodSpec": _open(_OF_PODS, **_POD, containers=_list(_reference(f"{_BETA}.OpenContainer"))),
    f"{_BETA}.OpenContainer": _open(_OF_CONTAINERS, **_CONTAINER),
    f"{_ALPHA}.ClusterInterceptor": _INTERCEPTOR,
    f"{_ALPHA}.Interceptor": _INTERCEPTOR,
    f"{_ALPHA}.InterceptorSpec": _object(clientConfig=_reference(f"{_ALPHA}.ClientConfig")),
    f"{_ALPHA}.ClientConfig": _object(
        caBundle={"format": "byte", **_TEXT}, service=_reference(f"{_ALPHA}.ServiceReference"), url=_URL
    ),
    f"{_ALPHA}.ServiceReference": _object(name=_TEXT, namespace=_TEXT, path=_TEXT, port=_PORT),
    **_unread(
        "dev.tekton.pipeline.v1alpha1.ResolutionRequest",
        *(
            f"{_ALPHA}.{kind}"
            for kind in ("ClusterTriggerBinding", "EventListener", "Trigger", "TriggerBinding", "TriggerTemplate")
        ),
    ),
}  # fmt: skip
"""Definitions that the module of Triggers writes no OpenAPI for."""

# Go's embedded structs that OpenAPI forgets: what a resolver finds.
_FOUND: dict[str, dict[str, Schema]] = {
    f"dev.tekton.pipeline.{version}.{kind}": {
        "params": _list(_reference(f"dev.tekton.pipeline.{version}.Param")),
        "resolver": _TEXT,
    }
    for version in ("v1", "v1beta1")
    for kind in ("PipelineRef", "Ref", "TaskRef")
}
# A number that Go counts in 64 bits, and OpenAPI in 32.
_COUNTED: dict[str, dict[str, Schema]] = {
    f"dev.tekton.pipeline.{name}": {"retries": {"type": ["integer", "null"]}}
    for name in (
        "v1.PipelineTask", "v1.TaskRunSpec", "v1beta1.CustomRunSpec", "v1beta1.PipelineTask", "v1beta1.TaskRunSpec",
    )
}  # fmt: skip
FIELDS = {**_FOUND, **_COUNTED}
"""Fields of a definition beside those that OpenAPI tells, or in place of them."""
