"""Documentation is built where it is published from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.reading import at
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

_PUBLISHER = ("techdocs", "publisher")
_ELSEWHERE = ("awsS3", "azureBlobStorage", "googleGcs", "openStackSwift")


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        kind = at(found.data, *_PUBLISHER, "type")
        if kind in _ELSEWHERE and at(found.data, "techdocs", "builder") == "local":
            message = f"with builder local the portal builds what is asked for, and then writes it to {kind}"
            yield found.find(("techdocs", "builder"), message, "write external, and publish from CI by techdocs-cli")


_GOOD = portal("""\
techdocs:
  builder: external
  publisher:
    type: awsS3
    awsS3: {bucketName: techdocs, region: eu-west-1}
""")

RULE = Rule(
    code="BST160",
    title="where documentation is built",
    effect="advice",
    reason="A portal that builds documentation runs what repositories bring, while somebody waits for it.",
    fix="build in CI, and let the portal only read",
    good=_GOOD,
    bad=_GOOD.replace("external", "local"),
    world=_find,
)
