"""Keys of plugins that not every portal has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import PLUGIN, declared
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, _, forms in declared(found.data):
            plugin = next((form[PLUGIN] for form in forms if PLUGIN in form), None)
            if plugin is not None:
                message = f"only {plugin} declares {path[-1]}; without it nothing reads this, and --strict refuses it"
                yield found.find(path, message, at_key=True)


_GOOD = portal()

RULE = Rule(
    code="BST112",
    title="keys of plugins to be installed",
    effect="advice",
    reason="A key means something only where the plugin that declares it is installed.",
    fix="install the plugin, or leave the key out",
    good=_GOOD,
    bad=_GOOD + "lighthouse:\n  baseUrl: https://lighthouse.example.com\n",
    world=_find,
    level="notice",
)
