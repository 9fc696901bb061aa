"""Notes are made, read, listed, changed and removed."""

import uuid

import httpx
import pytest

URL = "/api/v1/notes"


async def test_a_note_is_kept_until_it_is_removed(client: httpx.AsyncClient) -> None:
    made = await client.post(URL, json={"title": "Milk", "body": "two litres"})
    assert made.status_code == 201
    where = made.headers["Location"]
    assert (await client.get(where)).json() == made.json()

    changed = await client.put(where, json={"title": "Oat milk"})
    assert (changed.json()["title"], changed.json()["body"]) == ("Oat milk", "")
    assert changed.json()["created_at"] == made.json()["created_at"]
    assert (await client.get(where)).json() == changed.json()

    assert (await client.delete(where)).status_code == 204
    assert [(await client.request(way, where)).status_code for way in ("GET", "DELETE")] == [404, 404]
    assert (await client.put(where, json={"title": "again"})).status_code == 404


async def test_a_list_comes_in_pages(client: httpx.AsyncClient) -> None:
    made = {(await client.post(URL, json={"title": str(number)})).json()["id"] for number in range(5)}
    found: list[str] = []
    after: str | None = None
    while True:
        page = (await client.get(URL, params={"limit": 2} | ({"after": after} if after else {}))).json()
        found += [note["id"] for note in page["notes"]]
        after = page.get("next")
        if after is None:
            break
    assert found == sorted(found)
    assert made <= set(found)


@pytest.mark.parametrize("text", ["日本語 🚀", 'quotes " and \\', "<b>&amp;</b>", "'; DROP TABLE notes; --", " "])
async def test_text_comes_back_as_it_was(client: httpx.AsyncClient, text: str) -> None:
    made = await client.post(URL, json={"title": text, "body": text})
    found = (await client.get(made.headers["Location"])).json()
    assert (found["title"], found["body"]) == (text, text)


@pytest.mark.parametrize(
    "body", [{}, {"title": ""}, {"title": "a\0"}, {"title": "a", "colour": 1}, {"title": "a" * 201}]
)
async def test_a_note_that_cannot_be_is_refused(client: httpx.AsyncClient, body: dict[str, object]) -> None:
    found = await client.post(URL, json=body)
    assert (found.status_code, found.headers["Content-Type"]) == (422, "application/problem+json")
    assert found.json()["errors"]


async def test_a_note_that_is_not_there_is_a_problem(client: httpx.AsyncClient) -> None:
    url = f"{URL}/{uuid.uuid4()}"
    found = await client.get(url, headers={"X-Request-ID": "given-1"})
    assert found.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such note.",
        "instance": url,
        "request_id": "given-1",
    }
