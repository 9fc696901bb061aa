"""Corrections: what upstream's schemas leave out or get wrong, written by hand.

Sources: the validation that each API documents for its fields, and what its servers answer.
"""

from __future__ import annotations

from typing import Any

_ES = "ComGithubExternalSecretsExternalSecretsApisExternalsecretsV1"
_ARGO = "ComGithubArgoprojArgoCdV3PkgApisApplicationV1alpha1"
_PROMETHEUS = "ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1"
_GENERATORS = "ComGithubExternalSecretsExternalSecretsApisGeneratorsV1alpha1"

# OpenAPI says these are required; the server takes a document without them.
OPTIONAL: dict[str, frozenset[str]] = {
    "io.k8s.api.apps.v1.StatefulSetSpec": frozenset({"serviceName"}),
    "io.k8s.api.batch.v1.PodFailurePolicy": frozenset({"rules"}),
    "io.k8s.api.core.v1.Event": frozenset({"involvedObject"}),
    "io.k8s.api.core.v1.HTTPHeader": frozenset({"value"}),
    "io.k8s.api.core.v1.ISCSIVolumeSource": frozenset({"lun"}),
    "io.k8s.api.core.v1.LimitRangeSpec": frozenset({"limits"}),
    "io.k8s.api.core.v1.PreferredSchedulingTerm": frozenset({"preference"}),
    "io.k8s.api.core.v1.ScaleIOVolumeSource": frozenset({"secretRef"}),
    "io.k8s.api.core.v1.SleepAction": frozenset({"seconds"}),
    "io.k8s.api.core.v1.Sysctl": frozenset({"value"}),
    "io.k8s.api.core.v1.TypedLocalObjectReference": frozenset({"kind", "name"}),
    "io.k8s.api.discovery.v1.EndpointSlice": frozenset({"endpoints"}),
    "io.k8s.api.discovery.v1.ForZone": frozenset({"name"}),
    "io.k8s.api.networking.v1.NetworkPolicySpec": frozenset({"podSelector"}),
    "io.k8s.api.resource.v1.DeviceClass": frozenset({"spec"}),
    "io.k8s.api.resource.v1.ResourceClaim": frozenset({"spec"}),
    "io.k8s.api.resource.v1.ResourceClaimTemplate": frozenset({"spec"}),
    "io.k8s.api.resource.v1.ResourceClaimTemplateSpec": frozenset({"spec"}),
    "io.k8s.api.rbac.v1.RoleRef": frozenset({"apiGroup"}),
    "io.k8s.api.scheduling.v1.PriorityClass": frozenset({"value"}),
    "io.k8s.api.storage.v1.CSIDriver": frozenset({"spec"}),
    "io.k8s.api.storage.v1.TokenRequest": frozenset({"audience"}),
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion": frozenset(
        {"served", "storage"}
    ),
    # The CRDs have defaults for these, or newer releases another way: no compiled validator shows it.
    _GENERATORS + "PasswordSpec": frozenset({"allowRepeat", "length", "noUpper"}),
    _ES + "DopplerAuth": frozenset({"secretRef"}),
    _ES + "OnboardbaseProvider": frozenset({"apiHost", "environment", "project"}),
    _ES + "PulumiProvider": frozenset({"accessToken"}),
    _ES + "SecretServerProvider": frozenset({"password", "username"}),
    _ES + "VaultAppRole": frozenset({"path"}),
    _ES + "VaultJwtAuth": frozenset({"path"}),
    _ES + "VaultKubernetesAuth": frozenset({"mountPath"}),
    _ES + "VaultLdapAuth": frozenset({"path"}),
    _ES + "VaultUserPassAuth": frozenset({"path"}),
    _ES + "WebhookProvider": frozenset({"result"}),
}

_JSON_SCHEMA = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"
_SCHEMA = {"$ref": f"#/definitions/{_JSON_SCHEMA}"}
_SCHEMA_OR_BOOL = {"anyOf": [{"type": ["boolean", "null"]}, _SCHEMA]}
_ANY: dict[str, Any] = {}
_MAPPING = {"type": ["object", "null"]}
_TEXT = {"type": ["string", "null"]}
_FLAG = {"type": ["boolean", "null"]}
_NOT_NEGATIVE = {"minimum": 0, "type": ["integer", "null"]}
_CA = {"caBundle": _TEXT, "caProvider": _MAPPING}
_LIMITS = dict.fromkeys(
    (
        "keepDroppedTargets", "labelLimit", "labelNameLengthLimit", "labelValueLengthLimit",
        "nativeHistogramBucketLimit", "sampleLimit", "targetLimit",
    ),
    _NOT_NEGATIVE,
)  # fmt: skip

# Fields written by hand, beside the package's or in place of them: what newer releases have (its inside unchecked),
# and bounds that the compiled validators lost.
FIELDS: dict[str, dict[str, dict[str, Any]]] = {
    # OpenAPI says nothing of these, and a structural schema takes one schema for all items.
    _JSON_SCHEMA: {
        "additionalItems": _SCHEMA_OR_BOOL,
        "additionalProperties": _SCHEMA_OR_BOOL,
        "items": _SCHEMA,
        "required": {"items": {"type": ["string", "null"]}, "type": ["array", "null"]},
    },
    _ARGO + "AppProjectSpec": {"description": _TEXT, "sourceIntegrity": _MAPPING},
    _ARGO + "ApplicationSource": {"tagPrefix": _TEXT},
    _ARGO + "ProjectRole": {"description": _TEXT},
    _ARGO + "SCMProviderGeneratorGitea": {"excludeArchivedRepos": _FLAG},
    _ARGO + "SCMProviderGeneratorGithub": {"excludeArchivedRepos": _FLAG},
    _ARGO + "SCMProviderGeneratorGitlab": {"includeArchivedRepos": _FLAG},
    _ARGO + "SyncSource": {"repoURL": _TEXT},
    _ARGO + "SyncWindow": {"description": _TEXT, "syncOverrun": _FLAG},
    _ES + "AWSProvider": {
        "customSessionTags": _ANY,
        "service": {"enum": ["CertificateManager", "ParameterStore", "SecretsManager"]},
        "sessionTagsPolicy": _TEXT,
    },
    _ES + "AkeylessAuthSecretRef": {"serviceAccountRef": _MAPPING},
    _ES + "AkeylessProvider": {"ignoreCache": _FLAG},
    _ES + "AzureKVProvider": {
        "customCloudConfig": _MAPPING,
        "environmentType": {
            "enum": [
                "AzureStackCloud", "ChinaCloud", "GermanCloud", "PublicCloud", "USGovernmentCloud", None,
            ]
        },
        "useAzureSDK": _FLAG,
    },
    _ES + "BeyondtrustServer": {"decrypt": _FLAG},
    _ES + "ConjurAuth": {"cert": _MAPPING},
    _ES + "DopplerAuth": {"oidcConfig": _MAPPING},
    _ES + "ExternalSecretDataRemoteRef": {"nullBytePolicy": _TEXT},
    _ES + "ExternalSecretFind": {"nullBytePolicy": _TEXT},
    _ES + "ExternalSecretRewrite": {"merge": _MAPPING},
    _ES + "ExternalSecretSpec": {"syncWindows": _ANY},
    _ES + "ExternalSecretTarget": {
        "creationPolicy": {"enum": ["CreateOrMerge", "Merge", "None", "Orphan", "Owner", None]},
        "manifest": _MAPPING,
    },
    _ES + "ExternalSecretTemplateMetadata": {"finalizers": {"items": _TEXT, "type": ["array", "null"]}},
    _ES + "FakeProvider": {"validationResult": _ANY},
    _ES + "GCPSMAuth": {"workloadIdentityFederation": _MAPPING},
    _ES + "GCPSMProvider": {"secretVersionSelectionPolicy": _TEXT},
    _ES + "GeneratorRef": {"kind": _TEXT},
    _ES + "GithubProvider": {"orgSecretVisibility": _TEXT},
    _ES + "GitlabProvider": _CA,
    _ES + "IBMAuthSecretRef": {"iamEndpoint": _TEXT},
    _ES + "InfisicalAuth": {
        f"{way}AuthCredentials": _MAPPING
        for way in ("aws", "azure", "gcpIam", "gcpIdToken", "jwt", "kubernetes", "ldap", "oci", "token")
    },
    _ES + "InfisicalProvider": _CA,
    _ES + "KeeperSecurityProvider": {"getByTitleFallback": _FLAG},
    _ES + "MachineIdentityScopeInWorkspace": {"organizationSlug": _TEXT},
    _ES + "PassboltProvider": _CA,
    _ES + "PulumiProvider": {"auth": _MAPPING},
    _ES + "SecretServerProvider": {**_CA, "domain": _TEXT, "token": _MAPPING},
    _ES + "SecretStoreProvider": dict.fromkeys(
        (
            "barbican", "beyondtrustworkloadcredentials", "crd", "dvls", "nebiusmysterybox", "ngrok",
            "onepasswordSDK", "openBao", "ovh", "volcengine",
        ),
        _MAPPING,
    ),
    _ES + "TemplateFrom": {"target": _TEXT, "valuesDecodingStrategy": _TEXT},
    _ES + "VaultAuth": {"gcp": _MAPPING},
    _ES + "VaultCertAuth": {"path": _TEXT, "vaultRole": _TEXT},
    _ES + "VaultProvider": {"checkAndSet": _MAPPING},
    _ES + "YandexCertificateManagerProvider": {"fetching": _MAPPING},
    _ES + "YandexLockboxProvider": {"fetching": _MAPPING},
    _PROMETHEUS + "PodMonitorSpec": _LIMITS,
    _PROMETHEUS + "ServiceMonitorSpec": _LIMITS,
}  # fmt: skip
