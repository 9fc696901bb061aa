"""The corpus of Tekton: good documents of its kinds, and what becomes of each with one fault in it.

It is made as the one of Kubernetes is, from `good/` and `faults.yaml` in this folder. Documents of Tekton are long and
much in them is alike, so of the faults that any document can have every second one is enough.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

from conformance.kubernetes import corpus as kubernetes
from conformance.kubernetes import known, record

HERE = Path(__file__).parent
RECORD = HERE / record.FILE.name
GAPS = HERE / known.GAPS.name
ALARMS = HERE / known.ALARMS.name


@cache
def cases() -> tuple[kubernetes.Case, ...]:
    """Give the cases, the good documents among them."""
    return tuple(case for case in kubernetes.corpus(HERE) if "/" not in case.id or crc32(case.id.encode()) % 2)
