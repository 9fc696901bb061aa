"""How fast one process renders many bundles, and where the time goes: `python benchmarks/bundles.py [BUNDLES]`.

Each bundle is of the full case, with names and numbers of its own, all the way from the values to checked text.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from itdo_platform_gen import find_blueprint
from itdo_platform_gen.blueprint.values import Given
from itdo_platform_gen.checks.check import check_rules
from itdo_platform_gen.checks.structure import check_structure
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

CASE = Path(__file__).resolve().parents[1] / "blueprints/namespace-bundle/cases/full.yaml"
STAGES = ("values", "templates", "emit", "schema", "rules")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens meanwhile for a stage."""
        started = perf_counter()
        yield
        self.seconds[name] += perf_counter() - started


def values_of(number: int, case: dict[str, Any]) -> dict[str, Any]:
    """Give the case's values as those of another environment."""
    services = [
        {**service, "env": [{"name": "NUMBER", "value": str(number)}]} if service["type"] == "api" else service
        for service in case["services"]
    ]
    other = {"name": f"orders-{number}", "owner": f"owner-{number}@corp.example", "description": f"Number {number}."}
    return {**case, **other, "services": services, "quota": {**case["quota"], "pods": 40 + number % 100}}


def main(bundles: int) -> None:
    """Render the bundles, and print what they took."""
    (document,) = compose(read_text(CASE))
    case: Any = to_data(document.node, [])
    given = [(Given(values_of(number, case)),) for number in range(bundles)]
    blueprint = find_blueprint("namespace-bundle")
    schemas = Schemas("1.34")
    clock, documents, size = Clock(), 0, 0

    def timed_emit(data: object, comment: str = "") -> str:
        with clock.stage("emit"):
            return emit(data, comment)

    with patch("itdo_platform_gen.render.render.emit", timed_emit):
        for sources in given:
            with clock.stage("values"):
                values = blueprint.values(sources)
            with clock.stage("render"):
                bundle = render_files(blueprint, values)
            made = bundle.documents
            with clock.stage("schema"):
                found = list(check_structure(made, schemas, resources_only=False))
            with clock.stage("rules"):
                found += check_rules(World(made, schemas.kubernetes))
            assert not found, found[0]  # noqa: S101  else it is another path that is timed
            with clock.stage("json"):
                json.dumps([document.data for document in made])
            documents += len(made)
            size += sum(len(file.content) for file in bundle.values())

    clock.seconds["templates"] = clock.seconds["render"] - clock.seconds["emit"]
    whole = sum(clock.seconds[stage] for stage in STAGES)
    print(f"{bundles:,} bundles, {documents:,} documents, {size / 2**20:.1f} MiB in {whole:.1f} s")
    print(f"{documents / whole:,.0f} documents and {bundles / whole:,.0f} bundles a second")
    print(f"{whole / clock.seconds['json']:.1f} times what json.dumps takes for the same documents")
    for stage in STAGES:
        print(f"  {stage:10}{clock.seconds[stage] / whole:5.0%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
