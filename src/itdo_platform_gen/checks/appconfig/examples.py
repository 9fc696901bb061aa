"""Examples: app-configs for the pages of rules, of which only a part is of interest."""

from __future__ import annotations

_PROVIDER = """\
github:
  development:
    clientId: ${GITHUB_CLIENT_ID}
    clientSecret: ${GITHUB_CLIENT_SECRET}
    signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}
"""


def portal(part: str = "", *, backend: str = "", provider: str = _PROVIDER) -> str:
    """Give an app-config with a part of it; `backend` is what its backend has besides what it needs."""
    return f"""\
app: {{baseUrl: "https://portal.example.com"}}
backend:
  baseUrl: https://portal.example.com
  database:
    client: pg
    connection: {{host: db, user: portal, password: "${{POSTGRES_PASSWORD}}"}}
{_indented(backend, 2)}auth:
  session: {{secret: "${{SESSION_SECRET}}"}}
  providers:
{_indented(provider, 4)}{part}"""


def _indented(part: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in part.splitlines())
