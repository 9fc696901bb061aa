"""A note, as it is sent and kept."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

TITLE_LENGTH, BODY_LENGTH = 200, 10_000
# Not every store keeps a NUL in a text.
_TEXT = r"^[^\x00]*$"


class NoteDraft(BaseModel):
    """What a client says of a note."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=TITLE_LENGTH, pattern=_TEXT)]
    body: Annotated[str, Field(max_length=BODY_LENGTH, pattern=_TEXT)] = ""


class Note(BaseModel):
    """A note that is kept."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: UUID
    title: str
    body: str
    created_at: datetime
    updated_at: datetime


class NotePage(BaseModel):
    """Some notes, in the order of their ids; `next` is what to ask for next, where there is more."""

    notes: list[Note]
    next: UUID | None = None
