"""Stores of notes: what one has to do, and one that keeps them in memory."""

from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID, uuid4

from .note import Note, NoteDraft


class NoteStore(Protocol):
    """Keeps notes."""

    async def add(self, draft: NoteDraft) -> Note:
        """Keep a new note."""

    async def find(self, note_id: UUID) -> Note | None:
        """Give a note."""

    async def page(self, after: UUID | None, limit: int) -> list[Note]:
        """Give the notes behind an id, in the order of their ids."""

    async def replace(self, note_id: UUID, draft: NoteDraft) -> Note | None:
        """Change a note; None where there is none."""

    async def remove(self, note_id: UUID) -> bool:
        """Forget a note; False where there is none."""


def new_note(draft: NoteDraft) -> Note:
    """Give a draft its id and times."""
    now = datetime.now(UTC)
    return Note(id=uuid4(), title=draft.title, body=draft.body, created_at=now, updated_at=now)


class MemoryNotes:
    """Keeps notes while the process lives."""

    def __init__(self) -> None:
        """Start with none."""
        self._notes: dict[UUID, Note] = {}

    async def add(self, draft: NoteDraft) -> Note:
        """Keep a new note."""
        note = new_note(draft)
        self._notes[note.id] = note
        return note

    async def find(self, note_id: UUID) -> Note | None:
        """Give a note."""
        return self._notes.get(note_id)

    async def page(self, after: UUID | None, limit: int) -> list[Note]:
        """Give the notes behind an id, in the order of their ids."""
        ids = sorted(note_id for note_id in self._notes if after is None or note_id > after)
        return [self._notes[note_id] for note_id in ids[:limit]]

    async def replace(self, note_id: UUID, draft: NoteDraft) -> Note | None:
        """Change a note; None where there is none."""
        note = self._notes.get(note_id)
        if note is None:
            return None
        changed = note.model_copy(update={**draft.model_dump(), "updated_at": datetime.now(UTC)})
        self._notes[note_id] = changed
        return changed

    async def remove(self, note_id: UUID) -> bool:
        """Forget a note; False where there is none."""
        return self._notes.pop(note_id, None) is not None
