"""The corpus: good documents of every kind we check, and what becomes of each with one fault in it.

`good/` holds the good documents; each is known by its metadata.name. `mutation.py` makes faults that any document can
have, by the shape of its parts; `faults.yaml` lists those that only somebody who knows the kind would make. There is no
chance in it: the corpus is the same every time.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from conformance.kubernetes.mutation import DELETE, apply, mutations, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
_DELETED = "$deleted"
GOOD = "good"
"""The fault of the good documents: none."""


@dataclass(frozen=True, slots=True)
class Case:
    """One document of the corpus, made from a good one by at most one fault."""

    id: str
    """The good document, the place and the fault: `pod/spec.containers[0].name:upper`; or `pod:good`."""
    document: dict[str, Any]
    original: dict[str, Any]
    """The good document, which says where to send it."""

    @property
    def kind(self) -> str:
        """The kind of the good document."""
        return str(self.original["kind"])

    @property
    def namespace(self) -> str:
        """The namespace it is sent to, empty for what has none."""
        return str(self.original["metadata"].get("namespace", ""))

    @property
    def yaml(self) -> str:
        """The document as text."""
        return dumped(self.document)


class _Plain(yaml.CSafeDumper):
    """Writes no aliases, which are no fault but look like one."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _text(dumper: _Plain, text: str) -> yaml.ScalarNode:
    """Quote what the server's YAML reads as a boolean and PyYAML does not."""
    style = "'" if text in {"y", "Y", "n", "N"} else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def dumped(document: object) -> str:
    """Write a document with every text quoted that YAML 1.1 or 1.2 would read as something else."""
    return str(yaml.dump(document, Dumper=_Plain, sort_keys=False, width=2000))


@cache
def namespaces() -> dict[str, dict[str, Any]]:
    """Give the Namespaces that documents are sent to, by name."""
    return {document["metadata"]["name"]: document for document in _read(HERE / "namespaces.yaml")}


def prerequisites() -> list[dict[str, Any]]:
    """Give what has to be there before documents are sent, in order."""
    return [*namespaces().values(), *_read(HERE / "prerequisites.yaml")]


def good_documents(folder: Path = HERE) -> Iterator[dict[str, Any]]:
    """Give the good documents of a corpus, by file."""
    for file in sorted((folder / "good").glob("*.yaml")):
        yield from _read(file)


def corpus(folder: Path = HERE, *, every: bool = False, everywhere: bool = False) -> Iterator[Case]:
    """Give all cases, the good documents among them.

    `every` gives also those that are much like another, `everywhere` those with faults in kind and metadata.
    """
    faults = yaml.load((folder / "faults.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for original in good_documents(folder):
        name = original["metadata"]["name"]
        yield Case(f"{name}:{GOOD}", original, original)
        seen = {dumped(original)}
        for place, operator, document in mutations(original, every=every, everywhere=everywhere):
            text = dumped(document)
            if text not in seen:
                seen.add(text)
                yield Case(f"{name}/{place}:{operator}", document, original)
        for fault, changes in faults.get(name, {}).items():
            document = deepcopy(original)
            for place, value in changes.items():
                apply(document, parsed(place), DELETE if value == _DELETED else value)
            yield Case(f"{name}:{fault}", document, original)


def _read(file: Path) -> list[dict[str, Any]]:
    return list(yaml.load_all(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
