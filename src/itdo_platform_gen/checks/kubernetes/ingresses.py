"""An Ingress has rules or a default, and each of its backends and paths has a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.addresses import family_of
from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.names import is_dns_subdomain, is_path_segment
from itdo_platform_gen.checks.reading import at, items, mapping, mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_CLASS = "kubernetes.io/ingress.class"
_REFUSED_IN_PATHS = re.compile(r"//|/\./|/\.\./|%2f|%2F|/\.\.$|/\.$")
_STRICT = {"Exact", "Prefix"}


def _find(document: Document, _: World) -> Iterator[Finding]:
    if group_of(document) == "networking.k8s.io":
        yield from _class_and_default(document)
        yield from _rules_and_tls(document)


def _class_and_default(document: Document) -> Iterator[Finding]:
    data = document.data
    spec = mapping(data, "spec")
    if not spec.get("rules") and spec.get("defaultBackend") is None:
        yield Finding(document, ("spec",), "expected rules or defaultBackend, got neither")
    named, annotated = spec.get("ingressClassName"), mapping(data, "metadata", "annotations").get(_CLASS)
    if named is not None and annotated is not None and named != annotated:
        message = f"expected the same class as in the annotation {_CLASS} ({show(annotated)}), got {show(named)}"
        yield Finding(document, ("spec", "ingressClassName"), message, "remove the annotation: it is the old way")


def _rules_and_tls(document: Document) -> Iterator[Finding]:
    spec = mapping(document.data, "spec")
    for path, message in _backend(spec.get("defaultBackend")):
        yield Finding(document, ("spec", "defaultBackend", *path), message)
    for index, rule in mappings(spec, "rules"):
        for path, message in (*_host(rule.get("host")), *_paths(rule)):
            yield Finding(document, ("spec", "rules", index, *path), message)
        for number, entry in mappings(rule, "http", "paths"):
            for path, message in _backend(entry.get("backend")):
                place: Path = ("spec", "rules", index, "http", "paths", number, "backend", *path)
                yield Finding(document, place, message, "name a port of the service, or a resource")
    for index, tls in mappings(spec, "tls"):
        for number, host in enumerate(items(tls, "hosts")):
            if isinstance(host or "", str) and not _is_host(host or ""):
                message = f"expected a host name, got {show(host)}"
                yield Finding(document, ("spec", "tls", index, "hosts", number), message)


def _is_host(host: str) -> bool:
    return is_dns_subdomain(host.removeprefix("*."))


def _host(host: object) -> Iterator[tuple[Path, str]]:
    if not isinstance(host, str) or not host:
        return
    if family_of(host) is not None:
        yield ("host",), f"expected a host name, got the IP address {host}"
    elif not _is_host(host):
        yield ("host",), f"expected a host name such as shop.example.com or *.example.com, got {show(host)}"


def _backend(backend: object) -> Iterator[tuple[Path, str]]:
    port = at(backend, "service", "port")
    if isinstance(port, dict) and bool(port.get("name")) == bool(port.get("number")):
        got = "both" if port.get("name") else "neither"
        yield ("service", "port"), f"expected name or number, got {got}"
    resource = at(backend, "resource")
    if not isinstance(resource, dict):
        return
    group = resource.get("apiGroup")
    if isinstance(group, str) and not is_dns_subdomain(group):
        yield ("resource", "apiGroup"), f"expected an API group such as example.com, got {show(group)}"
    for key in ("kind", "name"):
        value = resource.get(key, ".") or ""
        if key in resource and isinstance(value, str) and not (value and is_path_segment(value)):
            yield ("resource", key), f"expected a {key} without / and %, got {show(value)}"


def _paths(rule: dict[str, object]) -> Iterator[tuple[Path, str]]:
    for index, entry in mappings(rule, "http", "paths"):
        place: Path = ("http", "paths", index)
        path, kind = entry.get("path"), text(entry, "pathType")
        if kind in _STRICT:
            if not path:
                yield (*place, "path"), f"expected a path for pathType {kind}, got none"
            elif isinstance(path, str) and not path.startswith("/"):
                yield (*place, "path"), f"expected a path that starts with /, got {show(path)}"
            elif isinstance(path, str) and (found := _REFUSED_IN_PATHS.search(path)):
                yield (*place, "path"), f"expected a path without {found.group()}, got {show(path)}"
        elif kind == "ImplementationSpecific" and isinstance(path, str) and path and not path.startswith("/"):
            yield (*place, "path"), f"expected a path that starts with /, got {show(path)}"


_GOOD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /api
            pathType: Prefix
            backend: {resource: {apiGroup: example.com, kind: Bucket, name: files}}
"""

RULE = Rule(
    code="K8S109",
    title="fields of Ingresses",
    effect="refused",
    reason="An Ingress leads host names and absolute paths to services.",
    fix="give a host name, and a path that starts with /",
    good=_GOOD,
    bad=_GOOD.replace("path: /api", "path: api"),
    document=_find,
    kinds=("Ingress",),
)
