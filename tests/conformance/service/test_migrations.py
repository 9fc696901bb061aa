"""Migrations on a real PostgreSQL: up, down, up again, by several pods at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from conformance.service.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.service.checkout import Checkout
    from conformance.service.postgres import Postgres

PODS = 3

pytestmark = pytest.mark.parametrize("checkout", ["database", "both"], indirect=True, scope="session")


def _alembic(checkout: Checkout, url: str, command: str) -> str:
    return checkout.run(f"uv run alembic {command}", {"APP_DATABASE_URL": url}).passed().output


def test_they_go_up_and_down(checkout: Checkout, database: Postgres) -> None:
    """By the lines of the documentation; what is left below is Alembic's own table."""
    told = (checkout.folder / "docs/operations.md").read_text("utf-8")
    assert "uv run alembic upgrade head\nuv run alembic downgrade -1\n" in told
    name = f"{checkout.folder.name}-up-and-down"
    url = database.create(name)
    _alembic(checkout, url, "upgrade head")
    assert database.tables(name) == ["alembic_version", "notes"]
    assert "No new upgrade operations detected" in _alembic(checkout, url, "check")
    database.ask(name, "INSERT INTO notes VALUES (gen_random_uuid(), 'a', 'b', now(), now())")
    _alembic(checkout, url, "downgrade -1")
    assert database.tables(name) == ["alembic_version"]
    _alembic(checkout, url, "upgrade head")
    assert database.ask(name, "SELECT count(*) FROM notes") == ["0"]


def test_pods_that_start_together_migrate_once(checkout: Checkout, database: Postgres, tmp_path: Path) -> None:
    """As the init containers of a first rollout do."""
    image = checkout.image
    name = f"{checkout.folder.name}-together"
    variables = {**checkout.environment(), **image.variables, "APP_DATABASE_URL": database.create(name)}
    with ThreadPoolExecutor(PODS) as pool:
        pods = [pool.submit(run, image.command("migrate"), tmp_path, variables) for _ in range(PODS)]
    for pod in pods:
        pod.result().passed()
    assert database.tables(name) == ["alembic_version", "notes"]
    assert len(database.ask(name, "SELECT * FROM alembic_version")) == 1
