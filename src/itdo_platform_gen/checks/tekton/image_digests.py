"""The image of a step is named by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import IMAGE, task
from itdo_platform_gen.checks.pipelines.images import image_of
from itdo_platform_gen.checks.pipelines.resource import EVERY_KIND, each_resource
from itdo_platform_gen.checks.pipelines.tasks import images_in
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.resource import Resource
    from itdo_platform_gen.checks.rule import Finding


def _look(resource: Resource) -> Iterator[Finding]:
    told: set[str] = set()
    for path, written in images_in(resource):
        image = image_of(written)
        if image is not None and not image.digest and image.tag not in {"", "latest"} and written not in told:
            told.add(written)
            message = f"expected an image by its digest, got the tag {image.tag}"
            yield resource.find(path, message, f"write {written}@sha256:…, which a registry cannot change")


_GOOD = task("""\
steps:
  - name: compile
    image: IMAGE
    command: [make]
""")

RULE = Rule(
    code="TKN171",
    title="digests of images",
    effect="advice",
    reason="Who can write to a registry can move a tag, and with it what runs in a pipeline that has your secrets.",
    fix="add the digest: image:tag@sha256:…",
    good=_GOOD,
    bad=_GOOD.replace(IMAGE, "alpine:3.22"),
    document=each_resource(_look),
    kinds=EVERY_KIND,
    level="notice",
)
