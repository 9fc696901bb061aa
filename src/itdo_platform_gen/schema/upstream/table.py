"""Table: the file form of definitions, one a line, told apart by the versions it holds for.

A line is `definition TAB versions TAB kind TAB schema`: versions are spans such as `1.30-1.33,1.36`, or `*`;
kind is `apiVersion Kind` where the definition is that of a resource. Sorted, so that a change reads as a diff.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from itdo_platform_gen.schema.upstream.structure import Definitions

HEADER = "definition\tversions\tkind\tschema\n"


def table(by_version: Mapping[str, tuple[Definitions, Mapping[str, str]]]) -> str:
    """Write definitions and kinds, given by version in ascending order; under `*`, those of no version."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for version, (definitions, kinds) in by_version.items():
        for name, schema in definitions.items():
            text = json.dumps(schema, separators=(",", ":"), sort_keys=True)
            rows.setdefault((name, kinds.get(name, ""), text), []).append(version)
    versions = list(by_version)
    lines = sorted((name, spans(held, versions), kind, text) for (name, kind, text), held in rows.items())
    return HEADER + "".join("\t".join(line) + "\n" for line in lines)


def spans(held: Iterable[str], versions: Sequence[str]) -> str:
    """Write versions as spans of neighbours among all versions."""
    places = sorted(versions.index(version) for version in held)
    starts = [place for place in places if place - 1 not in places]
    ends = [place for place in places if place + 1 not in places]
    return ",".join(
        versions[start] if start == end else f"{versions[start]}-{versions[end]}"
        for start, end in zip(starts, ends, strict=True)
    )
