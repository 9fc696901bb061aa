"""Inclusions: mappings that stand for a value from elsewhere, `{$include: a.yaml#key}`, `{$file: a}`, `{$env: A}`."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from itdo_platform_gen.checks.appconfig.substitution import is_open
from itdo_platform_gen.checks.parsed import UnknownError, UnreadableError, extent_of, json_in, yaml_in
from itdo_platform_gen.syntax.compose import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.files import Files
    from itdo_platform_gen.syntax.node import Path

KEYS = ("$file", "$env", "$include")
_MOST = 100_000
"""How many parts are put in place: files that include others twice each make more of them than anybody writes."""
PARSED = (".json", ".yaml", ".yml")
"""How the names of files end that `$include` reads; it goes by nothing else."""


class Inclusion(NamedTuple):
    """A mapping that stands for another value: where it stands, by which key, and what the key says."""

    path: Path
    key: str
    value: object
    alone: bool
    """Whether the mapping has no other key, without which nothing is included."""

    @property
    def file(self) -> str | None:
        """The file that is read, as it is written; None where none is, or nobody can tell."""
        if self.key == "$env" or not isinstance(self.value, str) or is_open(self.value):
            return None
        return self.value.partition("#")[0] if self.key == "$include" else self.value

    @property
    def place(self) -> str:
        """What of the file is taken, `a.b`; empty for the whole."""
        return str(self.value).partition("#")[2] if self.key == "$include" else ""

    @property
    def has_parser(self) -> bool:
        """Whether the file is one that can be included."""
        return self.key != "$include" or self.file is None or posixpath.splitext(self.file)[1] in PARSED


def inclusion_of(value: object, path: Path = ()) -> Inclusion | None:
    """Give the inclusion that a mapping is, None where it is none."""
    if not isinstance(value, dict):
        return None
    key = next((key for key in value if key in KEYS), None)
    return None if key is None else Inclusion(path, key, value[key], len(value) == 1)


def inclusions(data: object, path: Path = ()) -> Iterator[Inclusion]:
    """Give every inclusion in data."""
    found = inclusion_of(data, path)
    if found is not None:
        yield found
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from inclusions(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from inclusions(value, (*path, index))


@dataclass
class Including:
    """Puts in place what `$include` means, as far as the files are at hand, and notes why a portal would stop at it."""

    files: Files
    folder: str
    """That of the portal's file; nothing outside of it is read."""
    faults: list[tuple[Path, str]] = field(default_factory=list)
    """Where what cannot be included stands in the data, and why; what `inclusions` finds is not told of again."""
    _read: dict[str, Any] = field(default_factory=dict)
    """What each file holds, or the error that says why it is not known."""
    _put: int = 0

    def within(self, data: Any) -> Any:
        """Give the data of a portal's file with what it includes."""
        return self._whole(data, self.folder, (), ())

    def _whole(self, data: Any, folder: str, path: Path, above: tuple[str, ...]) -> Any:
        inclusion = inclusion_of(data, path)
        if inclusion is None:
            return self._parts(data, folder, path, above)
        file = self._file(inclusion, folder)
        if file is None:
            return data
        try:
            found = self._found(inclusion, file, above)
        except UnknownError:
            return data
        except UnreadableError as error:
            self.faults.append((path, str(error)))
            return data
        return self._parts(found, posixpath.dirname(file), path, (*above, f"{file}#{inclusion.place}"))

    def _file(self, inclusion: Inclusion, folder: str) -> str | None:
        """Give the file that is to be read, None where none is."""
        if inclusion.key != "$include" or inclusion.file is None:
            return None
        file = posixpath.normpath(posixpath.join(folder, inclusion.file))
        return file if _is_below(file, self.folder) else None

    def _found(self, inclusion: Inclusion, file: str, above: tuple[str, ...]) -> Any:
        """Give what is included of a file; raises UnreadableError with the whole of what is to be told."""
        name = f"{inclusion.value} in {above[-1].partition('#')[0]}" if above else inclusion.value
        if f"{file}#{inclusion.place}" in above:
            raise UnreadableError(name, "includes itself")
        if above and not self.files.has(file):
            raise UnreadableError(name, "is not there")
        try:
            found = _at(self._content(file), inclusion.place)
        except UnreadableError as error:
            raise UnreadableError(name, "cannot be read:", *error.args) from None
        if inclusion_of(found):  # the loader looks for more in the parts of it alone
            raise UnreadableError(name, "is another inclusion as a whole, which is left as it is")
        extent = extent_of(found)
        self._put += extent.parts
        if self._put > _MOST or len(inclusion.path) + extent.depth > DEEPEST:
            raise UnknownError(name, "makes more than is looked at")
        return found

    def _content(self, file: str) -> Any:
        """Give what a file holds, read once; raises UnreadableError or UnknownError."""
        if file not in self._read:
            try:
                self._read[file] = _content_of(self.files.text(file), file)
            except (UnreadableError, UnknownError) as error:
                self._read[file] = error
        if isinstance(self._read[file], ValueError):
            raise self._read[file]
        return self._read[file]

    def _parts(self, data: Any, folder: str, path: Path, above: tuple[str, ...]) -> Any:
        if isinstance(data, dict):
            return {key: self._whole(value, folder, (*path, key), above) for key, value in data.items()}
        if isinstance(data, list):
            return [self._whole(value, folder, (*path, index), above) for index, value in enumerate(data)]
        return data


def _is_below(file: str, folder: str) -> bool:
    """Tell whether a file lies in a folder or below it, both as paths from one place."""
    root = posixpath.normpath(folder or ".")
    return not file.startswith(("../", "/")) if root == "." else file.startswith(f"{root}/")


def _content_of(content: str | None, file: str) -> Any:
    if content is None:
        raise UnknownError(file, "is not at hand")
    return json_in(content) if file.endswith(".json") else _only(yaml_in(content))


def _at(value: Any, place: str) -> Any:
    """Give the value at a place, `a.b`, or the whole."""
    parts = place.split(".") if place else []
    for index, part in enumerate(parts):
        if not isinstance(value, dict):
            raise UnreadableError(".".join(parts[:index]) or "the whole", "is no mapping")
        value = value.get(part)
    return value


def _only(documents: list[object]) -> object:
    if len(documents) > 1:
        raise UnreadableError("expected one document, got", len(documents))
    return documents[0] if documents else None
