"""A service that runs as its README says: its probes, its notes and its metrics, over HTTP, with real servers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from conformance.service.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.service.checkout import Checkout
    from conformance.service.postgres import Postgres
    from conformance.service.running import Answer, Running
    from conformance.service.valkey import Valkey

URL = "/api/v1/notes"
HARD = '日本語 🚀 "quotes" \\ <b>&amp;</b> \'; DROP TABLE notes; --\n'


@pytest.fixture(scope="session")
def service(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Start it by the last line of its README."""
    log = tmp_path_factory.mktemp("log") / "service.log"
    with running(checkout.commands[-1], checkout.folder, checkout.environment(), log) as found:
        yield found


def test_its_probes_answer(service: Running, checkout: Checkout) -> None:
    """Readiness names what it asked for."""
    assert (service.get("/livez").status, service.get("/livez").data) == (200, {"status": "alive"})
    assert (service.get("/startupz").status, service.get("/startupz").data) == (200, {"status": "started"})
    needed = {"database": checkout.combination.database, "cache": checkout.combination.cache}
    checks = {name: "ok" for name, there in needed.items() if there}
    ready = service.get("/readyz")
    assert (ready.status, ready.data) == (200, {"status": "ready", "checks": checks})


def test_a_note_is_made_read_changed_and_removed(
    service: Running, checkout: Checkout, database: Postgres, cache: Valkey
) -> None:
    """It is in the database and, once it was read, in the cache; and in neither when it is removed."""
    made = service.ask("POST", URL, {"title": HARD, "body": HARD})
    where = made.headers["location"]
    assert (made.status, where) == (201, f"{URL}/{made.data['id']}")
    assert made.data["title"] == made.data["body"] == HARD
    assert service.get(where).data == service.get(where).data == made.data
    assert _kept(made, checkout, database, cache) == _everywhere(checkout)

    changed = service.ask("PUT", where, {"title": "Changed"})
    assert (changed.status, changed.data["title"], changed.data["body"]) == (200, "Changed", "")
    assert changed.data["created_at"] == made.data["created_at"] <= changed.data["updated_at"]
    assert service.get(where).data == changed.data
    if checkout.combination.database:
        assert database.ask(checkout.folder.name, _row(made)) == ["Changed"]

    assert (service.ask("DELETE", where).status, service.get(where).status) == (204, 404)
    assert _kept(made, checkout, database, cache) == (False, False)


def test_a_list_comes_in_pages(service: Running) -> None:
    made = {service.ask("POST", URL, {"title": f"Page {number}"}).data["id"] for number in range(5)}
    first = service.get(f"{URL}?limit=2").data
    assert len(first["notes"]) == 2
    found, after = [note["id"] for note in first["notes"]], first["next"]
    while after is not None:
        page = service.get(f"{URL}?limit=2&after={after}").data
        found += [note["id"] for note in page["notes"]]
        after = page["next"]
    assert found == sorted(found)
    assert made <= set(found)


def test_errors_are_problems(service: Running) -> None:
    """Of the media type of RFC 9457, with the id of the request, and without what was sent."""
    missing = service.ask("GET", f"{URL}/{uuid4()}", X_Request_ID="given-1")
    invalid = service.ask("POST", URL, {"title": "", "secret": "hunter2"})
    refused = service.ask("PATCH", URL, {})
    nowhere = service.get("/nowhere")
    answers = [missing, invalid, refused, nowhere]
    assert [answer.status for answer in answers] == [404, 422, 405, 404]
    assert {answer.kind for answer in answers} == {"application/problem+json"}
    assert missing.data["request_id"] == missing.headers["x-request-id"] == "given-1"
    assert {fault["at"] for fault in invalid.data["errors"]} == {"body.title", "body.secret"}
    assert b"hunter2" not in invalid.body
    assert refused.headers["allow"] == "GET, POST"


def test_requests_are_counted_and_logged(service: Running) -> None:
    """Each with its id and without what was in it."""
    asked = uuid4().hex
    service.ask("POST", URL, {"title": "counted", "body": "a body that nobody logs"}, X_Request_ID=asked)
    counted = service.get("/metrics").body.decode()
    assert f'http_requests_total{{method="POST",route="{URL}",status="201"}}' in counted
    assert "readyz" not in counted
    assert asked in service.logged()
    assert "a body that nobody logs" not in service.logged()
    assert "Traceback" not in service.logged()


def test_it_serves_the_contract_of_its_repository(service: Running, checkout: Checkout) -> None:
    written = json.loads((checkout.folder / "openapi.json").read_text("utf-8"))
    assert service.get("/openapi.json").data == written
    assert service.get("/docs").status == 200


@pytest.mark.parametrize("checkout", ["none", "both"], indirect=True, scope="session")
def test_schemathesis_finds_nothing(service: Running, checkout: Checkout, tmp_path: Path) -> None:
    """Against the process as it is served; with few examples, and once for each store, for its own tests send more."""
    schema = f"http://127.0.0.1:{service.port}/openapi.json"
    options = f"--max-examples 8 --seed 1 --report-dir {tmp_path} --no-color"
    said = checkout.run(f"uv run schemathesis run {schema} {options}").passed().output
    assert "No issues found" in said
    assert "Tested: 5" in said
    assert "Traceback" not in service.logged()


def _kept(note: Answer, checkout: Checkout, database: Postgres, cache: Valkey) -> tuple[bool, bool]:
    """Tell whether a note is in the database, and whether it is in the cache."""
    there = checkout.combination
    key = f"{there.values['name']}:note:{note.data['id']}"
    name = checkout.folder.name
    return (
        there.database and database.ask(name, _row(note)) != [],
        there.cache and cache.ask(f"EXISTS {key}") == ":1",
    )


def _everywhere(checkout: Checkout) -> tuple[bool, bool]:
    return checkout.combination.database, checkout.combination.cache


def _row(note: Answer) -> str:
    return f"SELECT title FROM notes WHERE id = '{note.data['id']}'"  # noqa: S608  an id that the service made
