"""The image of a step can be pulled, and is the same one tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import IMAGE, task
from itdo_platform_gen.checks.pipelines.images import image_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import images_in
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding


def _look(resource: Resource) -> Iterator[Finding]:
    for path, written in images_in(resource):
        image = image_of(written)
        if image is None:
            hint = "a path is in lower case, without spaces"
            yield resource.find(path, f"expected registry/path:tag, got {show(written)}", hint, "fails", "error")
        elif not image.digest and image.tag in {"", "latest"}:
            got = f"{written} alone" if not image.tag else written
            hint = f"name a version, or better the digest: {image.name}:1.2.3@sha256:…"
            yield resource.find(path, f"expected a tag that stays, got {got}", hint)


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    command: [make]
""")

RULE = Rule(
    code="TKN170",
    title="images of steps",
    effect="advice",
    reason="What latest stands for changes, so that a pipeline does something else tomorrow.",
    fix="name a version, or better the digest: image@sha256:…",
    good=_GOOD,
    bad=_GOOD.replace(IMAGE, "alpine:latest"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
)
