"""No key is used that Backstage will do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import declared
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World

# The backend says so itself, and no schema does.
_KEYS = ("backend", "auth", "keys")
_INSTEAD = "write backend.auth.externalAccess for what calls from outside, and leave this out"


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value, forms in declared(found.data):
            named = [form for form in forms if "const" in form]
            meant = [form for form in named if form["const"] == value] or [form for form in forms if form not in named]
            if path == _KEYS:
                yield found.find(path, "keys are deprecated: plugins find their own", _INSTEAD, at_key=True)
            elif any(form.get("deprecated") for form in meant):
                said = value if named else path[-1]
                yield found.find(path, f"{said} is deprecated", at_key=not named)


_GOOD = portal("""\
scaffolder: {concurrentTasksLimit: 5}
""")

RULE = Rule(
    code="BST109",
    title="deprecated keys of app-config.yaml",
    effect="advice",
    reason="A later release of Backstage will not read it.",
    fix="see the change log of the plugin for what takes its place",
    good=_GOOD,
    bad=_GOOD.replace("concurrentTasksLimit: 5", "EXPERIMENTAL_recoverTasks: true"),
    world=_find,
    level="notice",
)
