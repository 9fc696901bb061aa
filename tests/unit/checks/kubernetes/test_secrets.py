"""Secrets in plain sight are found by form, by name and by looks, and are not shown."""

from __future__ import annotations

import json

import pytest

from itdo_platform_gen.checks.secret_shapes import is_random, is_secret, token_in
from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

_LETTERS = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0fG3hJ5kL7nP9rS1uV"


def _config(**data: str) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": data})


def _pod(container: dict[str, object]) -> str:
    app = {"name": "app", "image": "app:1.0", **container}
    return json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [app]}})


def _codes(text: str) -> list[tuple[str, str]]:
    _, found = validate([Text("a.yaml", text)])
    return [(d.code, d.severity) for d in found if d.code in {"K8S185", "K8S186"}]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an AWS access key", "AKIA" + "2E0A8F3B244C9986"),
        ("a GitHub token", "ghp_" + _LETTERS[:36]),
        ("a GitHub token", "github_pat_" + _LETTERS),
        ("a GitLab token", "glpat-" + _LETTERS[:20]),
        ("a Slack token", "xoxb-" + "123456789012-" + _LETTERS[:24]),
        ("a Google API key", "AIza" + _LETTERS[:35]),
        ("a Stripe key", "sk_live_" + _LETTERS[:24]),
        ("an npm token", "npm_" + _LETTERS[:36]),
        ("a PyPI token", "pypi-AgE" + _LETTERS),
        ("an Azure key", "AccountKey=" + _LETTERS + _LETTERS[:39] + "=="),
        ("a private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc"),
        ("a JSON web token", f"eyJ{_LETTERS[:12]}.eyJ{_LETTERS[:12]}.{_LETTERS}"),
        ("a registry's credentials", '{"auths": {"ghcr.io": {"auth": "dXNlcjpwYXNzd29yZA=="}}}'),
    ],
)
def test_tokens_are_known_by_their_form(kind: str, text: str) -> None:
    token = token_in(f"x = {text}")
    assert token is not None
    assert token.kind == kind
    assert _codes(_config(x=text)) == [("K8S185", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "sha256:" + "0123456789abcdef" * 4,
        "123e4567-e89b-12d3-a456-426614174000",
        "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0Z3VS5JJcds3xfn\n",
        "https://example.com/aB3dE5gH7jK9mN1pQ2sT4vW6",
        "AbstractSingletonProxyFactoryBean2Impl",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "https://user:$(PASSWORD)@example.com",
    ],
)
def test_what_only_looks_like_a_secret_is_none(text: str) -> None:
    assert _codes(_config(x=text)) == []


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("POSTGRES_PASSWORD", "postgres", True),
        ("MINIO_ROOT_PASSWORD", "minio123", True),
        ("dbPassword", "Xy7!", True),
        ("JWT_SECRET", "s3cr3t", True),
        ("SSO_SECRET_KEY", "a9!x", True),
        ("PASSWORD", "$(OTHER)", False),
        ("PASSWORD", "<password>", False),
        ("PASSWORD", "change-me", False),
        ("PASSWORD", "", False),
        ("PASSWORD_FILE", "secrets-1", False),
        ("MYSQL_RANDOM_ROOT_PASSWORD", "yes", False),
        ("ALLOW_EMPTY_PASSWORD", "1", False),
        ("SECRET_NAME", "db-1", False),
        ("existingSecret", "db1!", False),
        ("tokenSecret", "my-secret", False),
        ("MAX_TOKENS", "200", False),
        ("TOKEN_TTL", "1h", False),
        ("TOKEN_URL", "https://example.com/x1", False),
        ("LOG_LEVEL", "s3cr3t", False),
    ],
)
def test_names_tell_secrets(name: str, value: str, *, secret: bool) -> None:
    assert is_secret(name, value) is secret


@pytest.mark.parametrize(
    "container",
    [
        {"env": [{"name": "DB_PASSWORD", "value": "hunter2"}]},
        {"args": ["--password=hunter2"]},
        {"args": ["--password", "hunter2"]},
        {"command": ["psql", "postgres://app:hunter2@db/app"]},
        {"env": [{"name": "SALT", "value": _LETTERS[:32]}]},
    ],
)
def test_secrets_of_containers_are_found(container: dict[str, object]) -> None:
    assert _codes(_pod(container)) == [("K8S186", "warning")]


def test_the_settings_of_a_file_are_read() -> None:
    text = "server.port=80\nspring.datasource.password=hunter2\ntoken.file=/x\n"
    assert _codes(_config(properties=text)) == [("K8S186", "warning")]


def test_a_secret_is_not_shown() -> None:
    secret = "correct-horse-battery-7"  # noqa: S105  none of ours
    _, found = validate([Text("a.yaml", _pod({"env": [{"name": "DB_PASSWORD", "value": secret}]}))])
    [diagnostic] = [d for d in found if d.code == "K8S186"]
    assert diagnostic.message == "DB_PASSWORD is a secret in plain sight: corr… (23 characters)"
    assert secret not in str(diagnostic)


def test_words_are_not_random() -> None:
    assert is_random(_LETTERS[:32])
    assert not is_random("KubernetesClusterCIDR10x8v2")
    assert not is_random("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
