"""No secret of a portal stands in its app-config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.appconfig.examples import portal
from itdo_platform_gen.checks.appconfig.structure import declared, is_secret_among
from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.rule import Rule
from itdo_platform_gen.checks.secret_shapes import hide, is_secret, password_in_url, token_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.appconfig.structure import Schema
    from itdo_platform_gen.checks.rule import Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.syntax.node import Path


def _find(world: World) -> Iterator[Finding]:
    for found in world.portals:
        for path, value, forms in declared(found.data):
            message = _message(path, value, forms)
            if message is not None:
                yield found.find(path, message, concealed=True)


def _message(path: Path, value: object, forms: list[Schema]) -> str | None:
    if not isinstance(value, str) or not value or is_open(value):
        return None
    declared_secret = is_secret_among(forms) and path[-1:] != ("connection",)  # of which the password alone is one
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    password = password_in_url(value)
    if password is not None:
        return f"a URL holds a password in plain sight: {hide(password)}"
    if token_in(value) is not None or declared_secret or (not forms and is_secret(name, value)):
        return f"{name} is a secret in plain sight: {hide(value)}"
    return None


_GOOD = portal("""\
integrations:
  gitlab:
    - host: gitlab.com
      token: ${GITLAB_TOKEN}
""")

RULE = Rule(
    code="BST102",
    title="secrets in app-config.yaml",
    effect="advice",
    reason="Whoever may read the repository, or the image that the file is built into, reads the secret with it.",
    fix="write ${NAME}, and give the portal the variable from a Secret",
    good=_GOOD,
    bad=_GOOD.replace("${GITLAB_TOKEN}", "correct-horse-7"),
    world=_find,
)
