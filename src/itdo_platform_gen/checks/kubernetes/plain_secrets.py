"""No password or key stands where anybody may read it, judged by its name or its looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.checks.secret_shapes import hide, is_random, is_secret, password_in_url, token_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.plain_texts import PlainText
    from itdo_platform_gen.checks.world import World

# What is public however it looks.
_PUBLIC = ("cert", "public", "hash", "digest", "checksum", "sha", "fingerprint", "integrity", "version", "id", "nonce")


def _find(world: World) -> Iterator[Finding]:
    for document, texts in world.plain_texts:
        for plain in texts:
            message = _message(plain)
            if message is not None and token_in(plain.text) is None:
                yield Finding(document, plain.path, message, concealed=True)


def _message(plain: PlainText) -> str | None:
    if "\n" not in plain.text and " " not in plain.text and is_secret(plain.name, plain.text):
        return f"{plain.name} is a secret in plain sight: {hide(plain.text)}"
    password = password_in_url(plain.text) if plain.whole else None
    if password is not None:
        return f"a URL holds a password in plain sight: {hide(password)}"
    public = any(word in plain.name.lower() for word in _PUBLIC)
    if plain.whole and not public and plain.path[-2:-1] != ("annotations",) and is_random(plain.text):
        return f"what looks like a key stands in plain sight: {hide(plain.text)}"
    return None


_GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: dev}
spec:
  containers:
    - name: app
      image: app:1.0
      env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]
"""

RULE = Rule(
    code="K8S186",
    title="secrets in plain sight",
    effect="advice",
    reason="Whoever may read a workload or a ConfigMap, or the repository it is in, reads the secret with it.",
    fix="take it from a Secret: env[].valueFrom.secretKeyRef, or a mounted volume",
    good=_GOOD,
    bad=_GOOD.replace("DB_PASSWORD_FILE, value: /run/secrets/db", "DB_PASSWORD, value: correct-horse-7"),
    world=_find,
)
