"""The corpus of the catalog: good entities and templates, and what becomes of each with one fault in it.

It is made as the one of Kubernetes is, from `good/` and `faults.yaml` in this folder, with faults in kind and metadata.
A template is also run: whether its steps come to an end is a record of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.kubernetes import corpus as kubernetes
from conformance.kubernetes import known, record

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
RECORD = HERE / record.FILE.name
RUNS = HERE / "runs.tsv"
GAPS = HERE / known.GAPS.name
ALARMS = HERE / known.ALARMS.name
RUN_GAPS = HERE / "known_run_gaps.yaml"
RUN_ALARMS = HERE / "known_run_alarms.yaml"

REPOSITORY = {
    "more.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: more}\nspec: {owner: platform}\n"
}
"""The files beside the entities."""
TREE = {
    "content/README.md.jinja": "# ${{ values.name }}\n\n${{ values.owner }} on ${{ values.port }}\n"
    "{% if values.database %}with a database{% endif %}\n${{ values.languages | join(', ') }}\n",
    "content/.github/workflows/ci.yml": "run: echo ${{ github.ref }}\n",
}
"""The files beside the template."""
ANSWERS: Mapping[str, Any] = {
    "name": "orders",
    "owner": "group:default/platform",
    "port": 8080,
    "database": True,
    "languages": ["go", "python"],
    "token": "***",
    "repoUrl": "github.com?owner=acme&repo=orders",
}
"""What the form is answered with."""


@cache
def cases() -> tuple[kubernetes.Case, ...]:
    """Give the cases, the good documents among them."""
    return tuple(kubernetes.corpus(HERE, everywhere=True))


@cache
def runs() -> tuple[kubernetes.Case, ...]:
    """Give those that are templates, with faults in what the scaffolder reads of them."""
    return tuple(case for case in cases() if case.kind == "Template" and "/metadata" not in case.id)
