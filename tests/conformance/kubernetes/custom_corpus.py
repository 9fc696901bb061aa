"""Custom resources for the server and for us to judge: those of `custom/`, and what becomes of each with one fault.

`definitions.yaml` holds CRDs, `good.yaml` resources that fit them. `samples.yaml` lists what is tried on single fields;
beside it stand the faults that any document can have.
"""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from conformance.kubernetes.corpus import GOOD, HERE, Case
from conformance.kubernetes.mutation import apply, mutations, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.kubernetes.mutation import Path

FOLDER = HERE / "custom"
DEFINITIONS = FOLDER / "definitions.yaml"
_ALL = "*"


@cache
def definitions() -> tuple[dict[str, Any], ...]:
    """Give the CRDs."""
    return tuple(_read(DEFINITIONS.name))


def custom_corpus(*, every: bool = False) -> Iterator[Case]:
    """Give all cases, the good resources among them, each document once.

    Of what is tried on all fields each field gets one half, its neighbours the other; `every` gives it all.
    """
    originals = {document["metadata"]["name"]: document for document in _read("good.yaml")}
    seen: set[str] = set()
    for case in _cases(originals, every=every):
        if case.yaml not in seen:
            seen.add(case.yaml)
            yield case


def _cases(originals: dict[str, dict[str, Any]], *, every: bool) -> Iterator[Case]:
    for name, original in originals.items():
        yield Case(f"{name}:{GOOD}", original, original)
        for place, operator, document in mutations(original, every=True):
            yield Case(f"{name}/{place}:{operator}", document, original)
    for samples in _read("samples.yaml")[0]:
        name = samples["document"]
        original = originals[name]
        places = list(_places(original, samples["places"]))
        step = 1 if every or places == samples["places"] else 2
        for number, place in enumerate(places):
            for value in samples["values"][number % step :: step]:
                document = deepcopy(original)
                apply(document, parsed(place), deepcopy(value))
                yield Case(f"{name}/{place}:={json.dumps(value)}", document, original)


def _places(original: dict[str, Any], places: list[str]) -> Iterator[str]:
    """Give places as they are listed; `spec.*` stands for all that the schema has in `spec`."""
    for place in places:
        if place.endswith(_ALL):
            above = place.removesuffix(f".{_ALL}")
            yield from (f"{above}.{name}" for name in _schema_at(original, parsed(above))["properties"])
        else:
            yield place


def _schema_at(original: dict[str, Any], path: Path) -> dict[str, Any]:
    group, _, version = original["apiVersion"].partition("/")
    schema: dict[str, Any] = next(
        entry["schema"]["openAPIV3Schema"]
        for definition in definitions()
        for entry in definition["spec"]["versions"]
        if (definition["spec"]["group"], entry["name"]) == (group, version)
    )
    for part in path:
        schema = schema["properties"][part]
    return schema


def _read(name: str) -> list[Any]:
    return list(yaml.load_all((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader))
