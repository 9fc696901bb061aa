"""Examples: app-configs for the pages of rules, of which only a part is of interest."""

from __future__ import annotations


def portal(part: str = "", *, app: str = "https://portal.example.com", backend: str = "") -> str:
    """Give an app-config with a part of it; `backend` is what its backend has besides what it needs."""
    indented = "".join(f"  {line}\n" for line in backend.splitlines())
    return f"""\
app: {{baseUrl: "{app}"}}
backend:
  baseUrl: {app}
  database:
    client: pg
    connection: {{host: db, user: portal, password: "${{POSTGRES_PASSWORD}}"}}
{indented}auth:
  session: {{secret: "${{SESSION_SECRET}}"}}
  providers:
    github:
      development:
        clientId: ${{GITHUB_CLIENT_ID}}
        clientSecret: ${{GITHUB_CLIENT_SECRET}}
        signIn: {{resolvers: [{{resolver: usernameMatchingUserEntityName}}]}}
{part}"""
