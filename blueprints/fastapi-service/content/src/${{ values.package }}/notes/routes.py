"""The routes of notes, in the first version of the API."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response, status

from ..problems import documented
from ..services import Services
from .note import Note, NoteDraft, NotePage
from .store import NoteStore

router = APIRouter(prefix="/notes", tags=["notes"])


def _store(request: Request) -> NoteStore:
    services: Services = request.app.state.services
    return services.notes


Store = Annotated[NoteStore, Depends(_store)]


@router.post("", status_code=status.HTTP_201_CREATED, responses=documented(400, 422))
async def add_note(draft: NoteDraft, store: Store, request: Request, response: Response) -> Note:
    """Make a note."""
    note = await store.add(draft)
    response.headers["Location"] = request.app.url_path_for("read_note", note_id=str(note.id))
    return note


@router.get("", responses=documented(422))
async def list_notes(
    store: Store, after: UUID | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> NotePage:
    """List notes, page by page."""
    found = await store.page(after, limit + 1)
    more = len(found) > limit
    return NotePage(notes=found[:limit], next=found[limit - 1].id if more else None)


@router.get("/{note_id}", responses=documented(404, 422))
async def read_note(note_id: UUID, store: Store) -> Note:
    """Read a note."""
    return _found(await store.find(note_id))


@router.put("/{note_id}", responses=documented(400, 404, 422))
async def replace_note(note_id: UUID, draft: NoteDraft, store: Store) -> Note:
    """Change a note."""
    return _found(await store.replace(note_id, draft))


@router.delete("/{note_id}", status_code=status.HTTP_204_NO_CONTENT, responses=documented(404, 422))
async def remove_note(note_id: UUID, store: Store) -> None:
    """Remove a note."""
    if not await store.remove(note_id):
        raise _missing()


def _found(note: Note | None) -> Note:
    if note is None:
        raise _missing()
    return note


def _missing() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "There is no such note.")
