"""Group: the API group a document is of, since kinds of several groups share a name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.file import is_app_config

if TYPE_CHECKING:
    from itdo_platform_gen.render.document import Document

_PLAIN = frozenset({"", "apps", "autoscaling", "batch", "policy"})
_DOTTED = frozenset(
    f"{name}.k8s.io"
    for name in (
        *("admissionregistration", "apiextensions", "certificates", "coordination", "discovery", "events"),
        *("flowcontrol.apiserver", "networking", "node", "rbac.authorization", "resource", "scheduling", "storage"),
    )
)

ENTITY_GROUPS = frozenset({"backstage.io", "scaffolder.backstage.io"})
"""The groups of Backstage's entities and templates."""

APP_CONFIG = "app-config"
"""What stands for the group of a portal's app-config, which has no apiVersion."""


def group_of(document: Document) -> str:
    """Give the group in a document's apiVersion, empty for the core's."""
    if not document.api_version and is_app_config(document):
        return APP_CONFIG
    return document.api_version.rpartition("/")[0]


def is_entity(document: Document) -> bool:
    """Tell whether a document is one of Backstage's catalog, which no Kubernetes server ever sees."""
    return document.api_version.rpartition("/")[0] in ENTITY_GROUPS


def is_builtin(document: Document) -> bool:
    """Tell whether a document is of a group that every Kubernetes server has."""
    return _is_builtin(document.api_version)


@lru_cache(1 << 10)
def _is_builtin(api_version: str) -> bool:
    group = api_version.rpartition("/")[0]
    return (group in _PLAIN or group in _DOTTED) and (bool(group) or api_version == "v1")
