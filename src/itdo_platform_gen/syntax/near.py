"""The nearest name: what somebody most likely meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_LISTED = 12
_SLIP = 0.8


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name closest to the given one, or None where none is close."""
    import difflib  # noqa: PLC0415  only errors pay for it

    names = sorted(known)
    folded = {candidate.lower().replace("-", "_"): candidate for candidate in names}
    close = difflib.get_close_matches(name.lower().replace("-", "_"), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def suggest(name: str, known: Iterable[str]) -> str | None:
    """Give the hint for a name that is not known: the nearest one, else what there is."""
    names = sorted(known)
    near = nearest(name, names)
    if near is not None:
        return f"did you mean {near}?"
    if not names:
        return None
    listed = ", ".join(names[:_MOST_LISTED])
    return f"there is: {listed}" + (" …" if len(names) > _MOST_LISTED else "")


def close(name: str, other: str) -> bool:
    """Tell whether two names are so alike that nothing else than a slip of the pen is between them."""
    import difflib  # noqa: PLC0415  only errors pay for it

    return difflib.SequenceMatcher(None, name.lower(), other.lower()).ratio() >= _SLIP
