"""The corpus of app-configs: good portals, and what becomes of each with one fault in it.

It is made as the one of Kubernetes is: the portals are in `good/`, `mutation.py` there makes the faults that any
document can have, and `faults.yaml` here lists those that only somebody who knows Backstage would make. Every variable
that a good portal names is there, and no other. To start a portal takes half a second, so that of the faults of the
first sort every fourth one is enough.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import yaml

from conformance.kubernetes import known, record
from conformance.kubernetes.corpus import GOOD, dumped
from conformance.kubernetes.mutation import DELETE, apply, mutations, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
RECORD = HERE / record.FILE.name
GAPS = HERE / known.GAPS.name
ALARMS = HERE / known.ALARMS.name
BASE = "app-config.yaml"
_DELETED = "$deleted"
_VARIABLE = re.compile(r"\$\{(\w+)")


@dataclass(frozen=True, slots=True)
class Case:
    """One portal, made from a good one by at most one fault."""

    id: str
    """The good portal, the place and the fault: `company/backend.listen.port:upper`; or `company:good`."""
    text: str

    @property
    def job(self) -> dict[str, Any]:
        """What the judge is asked."""
        return {"files": {BASE: self.text}, "env": environment()}


@cache
def environment() -> dict[str, str]:
    """Give a value for each variable that the good portals name, of a form that its name promises."""
    text = "".join(file.read_text("utf-8") for file in _good_files())
    return {name: _value(name) for name in _VARIABLE.findall(text)}


def _value(name: str) -> str:
    if name.endswith("_PORT"):
        return "5432"
    return "{}" if name.endswith("_CREDENTIALS") else f"value-of-{name.lower()}"


@cache
def cases() -> tuple[Case, ...]:
    """Give the cases, the good portals among them."""
    return tuple(case for case in every_case() if "/" not in case.id or crc32(case.id.encode()) % 4 == 0)


def every_case() -> Iterator[Case]:
    """Give all cases, those that are much like another too."""
    faults = yaml.load((HERE / "faults.yaml").read_text("utf-8"), yaml.CSafeLoader)
    for file in _good_files():
        original: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
        name = file.stem
        yield Case(f"{name}:{GOOD}", dumped(original))
        seen = {dumped(original)}
        for place, operator, document in mutations(original):
            text = dumped(document)
            if text not in seen:
                seen.add(text)
                yield Case(f"{name}/{place.replace(' ', '_')}:{operator}", text)
        for fault, changes in faults.get(name, {}).items():
            document = deepcopy(original)
            for place, value in changes.items():
                apply(document, parsed(place), DELETE if value == _DELETED else value)
            yield Case(f"{name}:{fault}", dumped(document))


def _good_files() -> list[Path]:
    return sorted((HERE / "good").glob("*.yaml"))
