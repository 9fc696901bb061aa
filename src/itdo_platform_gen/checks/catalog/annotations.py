"""Annotations that plugins read have the form that those ask for.

Source: the well-known annotations of Backstage, and the parsers of @backstage/catalog-model (parseLocationRef),
@backstage/plugin-techdocs-node and the plugins for GitHub and GitLab.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.entity import OWNED, each_entity
from itdo_platform_gen.checks.reading import mapping
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.render.document import Document

_LOCATION = re.compile(r"[^:\s]+:\S.*")
_TECHDOCS = re.compile(r"dir:\S.*|url:https?://\S+")
_SLUG = re.compile(r"[^/\s]+/[^/\s]+")
_PROJECT = re.compile(r"[^/\s]+(/[^/\s]+)+")
_REF = re.compile(r"([^:/\s]+:)?([^:/\s]+/)?[^:/\s]+")
_SELECTOR = re.compile(r"[^\s,].*")
_URL = re.compile(r"https?://\S+")
_FORMS = {
    "backstage.io/adr-location": (_SELECTOR, "a path or URL"),
    "backstage.io/edit-url": (_URL, "a URL"),
    "backstage.io/kubernetes-id": (re.compile(r"\S+"), "a name without spaces"),
    "backstage.io/kubernetes-label-selector": (_SELECTOR, "a label selector such as app=orders"),
    "backstage.io/kubernetes-namespace": (re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"), "a Kubernetes namespace"),
    "backstage.io/source-location": (_LOCATION, "a type and a target, such as url:https://github.com/acme/orders"),
    "backstage.io/techdocs-entity": (_REF, "a reference to an entity, such as component:default/orders"),
    "backstage.io/techdocs-ref": (_TECHDOCS, "dir:. or url:https://…"),
    "backstage.io/view-url": (_URL, "a URL"),
    "github.com/project-slug": (_SLUG, "owner/repository"),
    "github.com/team-slug": (_SLUG, "organisation/team"),
    "gitlab.com/project-slug": (_PROJECT, "group/project"),
}
_OTHERS = frozenset(
    {
        *("backstage.io/code-coverage", "backstage.io/ldap-dn", "backstage.io/ldap-rdn", "backstage.io/ldap-uuid"),
        *("backstage.io/managed-by-location", "backstage.io/managed-by-origin-location", "backstage.io/orphan"),
        *("backstage.io/kubernetes-cluster", "backstage.io/techdocs-entity-path", "backstage.io/linguist"),
        *("backstage.io/kubernetes-label-selector", "github.com/user-login", "github.com/user-id"),
        *("gitlab.com/instance", "gitlab.com/project-id", "jenkins.io/job-full-name", "sentry.io/project-slug"),
        *("sonarqube.org/project-key", "pagerduty.com/service-id", "pagerduty.com/integration-key"),
        *("circleci.com/project-slug", "graph.microsoft.com/user-id", "opsgenie.com/team"),
    }
)
_WRITTEN = frozenset({"backstage.io/managed-by-location", "backstage.io/managed-by-origin-location"})
_DOMAINS = ("backstage.io/", "github.com/", "gitlab.com/")


def _look(document: Document) -> Iterator[Finding]:
    for key, value in mapping(document.data, "metadata", "annotations").items():
        path = ("metadata", "annotations", key)
        pattern, expected = _FORMS.get(key, (None, ""))
        if pattern is not None and isinstance(value, str) and not pattern.fullmatch(value):
            yield Finding(document, path, f"expected {expected}, got {show(value)}")
        elif key in _WRITTEN:
            message = "the catalog writes this itself, over what stands here"
            yield Finding(document, path, message, "leave it out", effect="advice", severity="notice", at_key=True)
        elif key.startswith(_DOMAINS) and key not in _FORMS and key not in _OTHERS:
            near = nearest(key, [*_FORMS, *_OTHERS])
            if near is not None:
                message, hint = f"no plugin that is known reads {key}", f"did you mean {near}?"
                yield Finding(document, path, message, hint, effect="advice", severity="warning", at_key=True)


RULE = Rule(
    code="BST207",
    title="well-known annotations",
    effect="fails",
    reason="The plugin that reads the annotation finds nothing by what is written, and its page stays empty.",
    fix="write it in the form shown",
    good=OWNED,
    bad=OWNED.replace("project-slug: acme/orders", "project-slug: https://github.com/acme/orders"),
    document=each_entity(_look),
)
