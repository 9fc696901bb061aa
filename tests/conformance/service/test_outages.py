"""A service whose servers stop, stand still and come back; and one that is told to stop itself."""

from __future__ import annotations

import json
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from conformance.service.command import run
from conformance.service.postgres import postgres
from conformance.service.running import running
from conformance.service.valkey import valkey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.service.checkout import Checkout
    from conformance.service.postgres import Postgres
    from conformance.service.running import Running
    from conformance.service.valkey import Valkey

URL = "/api/v1/notes"
DRAIN = 2.0
"""For how many seconds it says that it drains, here."""
PROBE = 4.0
"""How long the readiness probe of the Deployment waits for an answer."""
SLOW = 1.5
"""How long somebody may wait for a note while the cache answers nothing."""
REQUEST = json.dumps({"title": "slow"}).encode()
HEAD = f"POST {URL} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(REQUEST)}\r\n\r\n"

with_database = pytest.mark.parametrize("checkout", ["database", "both"], indirect=True, scope="session")
with_cache = pytest.mark.parametrize("checkout", ["cache", "both"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def own_database() -> Iterator[Postgres]:
    """Start a PostgreSQL that may be stopped: no other test needs it."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def own_cache() -> Iterator[Valkey]:
    """Start a cache that may be stopped."""
    with valkey() as server:
        yield server


@contextmanager
def _started(checkout: Checkout, own_database: Postgres, own_cache: Valkey, folder: Path) -> Iterator[Running]:
    """Start it as its image does, from an empty folder, after its migrations."""
    image = checkout.image
    variables = {**checkout.environment(), **image.variables, "APP_DRAIN_SECONDS": str(DRAIN)}
    if checkout.combination.database:
        variables["APP_DATABASE_URL"] = own_database.create(f"{checkout.folder.name}-{folder.name}")
        run(image.command("migrate"), folder, variables).passed()
    if checkout.combination.cache:
        variables["APP_CACHE_URL"] = own_cache.url
    with running(image.command(), folder, variables, folder / "service.log") as found:
        yield found


@pytest.fixture(scope="session")
def service(
    checkout: Checkout, own_database: Postgres, own_cache: Valkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Start a service that outlives every outage."""
    with _started(checkout, own_database, own_cache, tmp_path_factory.mktemp("outages")) as found:
        yield found


@pytest.fixture
def own_service(checkout: Checkout, own_database: Postgres, own_cache: Valkey, tmp_path: Path) -> Iterator[Running]:
    """Start a service that may be stopped."""
    with _started(checkout, own_database, own_cache, tmp_path) as found:
        yield found


@with_database
def test_it_is_ready_again_when_its_database_is(service: Running, own_database: Postgres) -> None:
    """Nothing has to be restarted; meanwhile it is alive, and answers with a problem."""
    note = service.ask("POST", URL, {"title": "kept"}).headers["location"]
    own_database.stop()
    try:
        down = service.until("/readyz", 503)
        assert down.data["checks"]["database"] == "failed"
        assert (service.get("/livez").status, service.get("/startupz").status) == (200, 200)
        failed = service.get(f"{URL}?limit=1")
        assert (failed.status, failed.kind) == (500, "application/problem+json")
    finally:
        own_database.start()
    assert service.until("/readyz", 200).data["checks"]["database"] == "ok"
    assert service.get(note).data["title"] == "kept"
    assert service.process.poll() is None


@with_database
def test_a_database_that_stands_still_is_told_of_in_time(service: Running, own_database: Postgres) -> None:
    """Before the probe of the Deployment gives up, for else nobody would read why."""
    service.ask("POST", URL, {"title": "there is a connection"})
    with own_database.still():
        started = time.monotonic()
        down = service.get("/readyz")
        assert (down.status, down.data["checks"]["database"]) == (503, "failed")
        assert time.monotonic() - started < PROBE
        assert service.get("/livez").status == 200
    assert service.until("/readyz", 200).data["checks"]["database"] == "ok"


@with_cache
def test_it_is_ready_again_when_its_cache_is(service: Running, own_cache: Valkey) -> None:
    """Meanwhile notes come from the store."""
    note = service.ask("POST", URL, {"title": "kept"}).headers["location"]
    own_cache.stop()
    try:
        assert service.until("/readyz", 503).data["checks"]["cache"] == "failed"
        assert service.get("/livez").status == 200
        assert service.get(note).data["title"] == "kept"
    finally:
        own_cache.start()
    assert service.until("/readyz", 200).data["checks"]["cache"] == "ok"


@with_cache
def test_a_cache_that_stands_still_is_told_of_in_time(service: Running, own_cache: Valkey) -> None:
    """And a reader does not wait for it for long."""
    note = service.ask("POST", URL, {"title": "kept"}).headers["location"]
    with own_cache.still():
        started = time.monotonic()
        down = service.get("/readyz")
        assert (down.status, down.data["checks"]["cache"]) == (503, "failed")
        assert time.monotonic() - started < PROBE
        started = time.monotonic()
        assert service.get(note).data["title"] == "kept"
        assert time.monotonic() - started < SLOW
    assert service.until("/readyz", 200).data["checks"]["cache"] == "ok"


def test_sigterm_drains_a_slow_request(own_service: Running) -> None:
    """It says that it drains and takes requests still; what is under way is answered; then it ends with 0."""
    service = own_service
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as slow:
        slow.sendall(HEAD.encode() + REQUEST[:5])
        time.sleep(0.3)
        told = time.monotonic()
        service.terminate()
        assert service.until("/readyz", 503).data == {"status": "draining"}
        assert (service.get("/livez").status, service.get(URL).status) == (200, 200)
        time.sleep(max(0.0, told + DRAIN + 0.7 - time.monotonic()))
        with pytest.raises(OSError, match=r"refused|reset"):
            service.get("/livez")
        assert service.process.poll() is None
        slow.sendall(REQUEST[5:])
        answer = slow.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 201 Created\r\n")
    assert service.ended() == 0
    assert "Traceback" not in service.logged()
