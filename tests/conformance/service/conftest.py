"""Fixtures: the servers, and the four services, whose own commands run beside the other tests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import pytest

from conformance.repositories import scratch_folder
from conformance.service.checkout import Checkout
from conformance.service.combinations import RUN, combinations, to_run
from conformance.service.postgres import Postgres, postgres
from conformance.service.tools import tool
from conformance.service.valkey import Valkey, valkey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

AT_ONCE = 2
"""How many services are worked on at once, beside the other tests."""
ROOM = 2**33
"""Their environments are some 50,000 files and 2.5 GB: in memory only where that is no matter."""


@pytest.fixture(scope="session")
def trees() -> Iterator[Path]:
    """Write every combination into a folder of its own name."""
    with scratch_folder() as folder:
        for combination in combinations():
            combination.write(folder / combination.name)
        yield folder


@pytest.fixture(scope="session")
def database() -> Iterator[Postgres]:
    """Start PostgreSQL."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def cache() -> Iterator[Valkey]:
    """Start Valkey or Redis."""
    with valkey() as server:
        yield server


@pytest.fixture(scope="session")
def works(request: pytest.FixtureRequest, database: Postgres, cache: Valkey) -> Iterator[dict[str, Future[Checkout]]]:
    """Make the services that tests ask for, and begin to do what their READMEs say."""
    uv = tool("uv")
    asked = {item.callspec.params.get("checkout") for item in request.session.items if hasattr(item, "callspec")}
    begun: dict[str, Future[Checkout]] = {}
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder(ROOM))
        tools = folder / "tools"
        tools.mkdir()
        (tools / "uv").symlink_to(uv)
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        stack.callback(pool.shutdown, cancel_futures=True)
        for name in RUN:
            if name in asked:
                found = Checkout(to_run()[name], folder / name, tools, _settings(name, database, cache))
                found.make()
                begun[name] = pool.submit(found.work)
        yield begun


@pytest.fixture(scope="session", autouse=True)
def _early(request: pytest.FixtureRequest) -> None:
    """Begin with the services, whose commands take longest, before the first test of this folder."""
    if any("checkout" in getattr(item, "fixturenames", ()) for item in request.session.items):
        # What is missing is said by the tests that need it.
        with suppress(pytest.skip.Exception, pytest.fail.Exception):
            request.getfixturevalue("works")


@pytest.fixture(scope="session", params=list(RUN))
def checkout(request: pytest.FixtureRequest, works: dict[str, Future[Checkout]]) -> Checkout:
    """Give a service after all that its README says has been done."""
    return works[request.param].result().usable()


def _settings(name: str, database: Postgres, cache: Valkey) -> dict[str, str]:
    """Name the servers to a service that needs them."""
    settings = {}
    combination = to_run()[name]
    if combination.database:
        settings["APP_DATABASE_URL"] = database.create(name)
        settings["TEST_DATABASE_URL"] = database.url("postgres")
    if combination.cache:
        settings["APP_CACHE_URL"] = settings["TEST_CACHE_URL"] = cache.url
    return settings
