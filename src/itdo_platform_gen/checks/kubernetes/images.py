"""An image can be pulled, and is the same one tomorrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World

# The grammar of github.com/distribution/reference: a registry, a path, a tag and a digest.
_HOST = r"(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])"
_PART = r"[a-z0-9]+(?:(?:[.]|_|__|-+)[a-z0-9]+)*"
_IMAGE = re.compile(
    rf"(?P<name>(?:{_HOST}(?::[0-9]+)?/)?{_PART}(?:/{_PART})*)"
    r"(?::(?P<tag>[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?"
)
_LONGEST = 1024


def _find(pod: Pod, world: World) -> Iterator[Finding]:
    for path, container in pod.containers():
        image = container.get("image")
        if not isinstance(image, str) or not image or image != image.strip():
            continue  # the schema says so
        place = (*path, "image")
        match = _IMAGE.fullmatch(image) if len(image) <= _LONGEST else None
        if match is None:
            message, hint = f"expected registry/path:tag, got {show(image)}", "a path is in lower case, without spaces"
            yield Finding(pod.document, place, message, hint, effect="fails", severity="error")
        elif not match["digest"] and match["tag"] in {None, "latest"} and match["name"] not in _set_by_kustomize(world):
            message = (
                f"expected a tag that stays, got {image}" if match["tag"] else f"expected a tag, got {image} alone"
            )
            yield Finding(pod.document, place, message)


def _set_by_kustomize(world: World) -> set[str]:
    """Give the images for which a Kustomization says the tag."""
    kustomizations = world.of_kind("Kustomization")
    return {text(image, "name") for document in kustomizations for _, image in mappings(document.data, "images")}


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec: {containers: [{name: web, image: "registry.example.com/web:1.2.3"}]}
"""

RULE = Rule(
    code="K8S159",
    title="images",
    effect="advice",
    reason="What latest stands for changes, so two pods of one Deployment may run two programs.",
    fix="name a version, or better the digest: image@sha256:…",
    good=_GOOD,
    bad=_GOOD.replace(":1.2.3", ":latest"),
    pod=_find,
)
