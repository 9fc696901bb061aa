"""Judgement: what the real server says of the documents of the corpus."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from conformance.kubernetes.apiserver import Verdict
from conformance.kubernetes.corpus import dumped, prerequisites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.kubernetes.apiserver import ApiServer
    from conformance.kubernetes.corpus import Case

_CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Judge:
    """A running server that is asked whether it would take documents."""

    server: ApiServer
    addresses: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=dict)
    """What the server serves, by apiVersion and kind: the name in addresses, and whether namespaces hold it."""

    def prepare(self) -> None:
        """Make the namespaces, and what documents refer to.

        Raises RuntimeError where the server refuses one.
        """
        for document in prerequisites():
            address = self._address(document, document["metadata"].get("namespace", ""))
            verdict = self.server.request("POST", address, dumped(document).encode())
            if not verdict.accepted and verdict.status != 409:
                raise RuntimeError(verdict.reason)

    def verdicts(self, cases: Sequence[Case]) -> dict[str, Verdict]:
        """Ask for each case whether the server would take it, and change nothing; gives the answers by id."""
        for case in cases:
            self._address(case.original, case.namespace)

        def some(start: int) -> dict[str, Verdict]:
            judge = replace(self, server=replace(self.server, connection=None))
            try:
                return {case.id: judge.verdict(case) for case in cases[start::_CONNECTIONS]}
            finally:
                judge.server.disconnect()

        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            parts = list(pool.map(some, range(_CONNECTIONS)))
        return {case.id: parts[index % _CONNECTIONS][case.id] for index, case in enumerate(cases)}

    def verdict(self, case: Case) -> Verdict:
        """Ask whether the server would take a document; a server that gives up on it without an answer does not."""
        address = f"{self._address(case.original, case.namespace)}?dryRun=All&fieldValidation=Strict"
        try:
            return self.server.request("POST", address, case.yaml.encode())
        except (OSError, HTTPException) as error:
            return Verdict(500, {"message": f"no answer: {error!r}"})

    def serves(self, document: dict[str, Any]) -> bool:
        """Tell whether the server knows the kind of a document."""
        self._learn(document["apiVersion"])
        return document["kind"] in self.addresses[document["apiVersion"]]

    def _address(self, document: dict[str, Any], namespace: str) -> str:
        version = document["apiVersion"]
        self._learn(version)
        plural, namespaced = self.addresses[version][document["kind"]]
        return f"{_root(version)}/namespaces/{namespace}/{plural}" if namespaced else f"{_root(version)}/{plural}"

    def _learn(self, version: str) -> None:
        if version not in self.addresses:
            root = _root(version)
            resources = self.server.request("GET", root).body.get("resources", [])
            own = {r["kind"]: (r["name"], bool(r["namespaced"])) for r in resources if "/" not in r["name"]}
            self.addresses[version] = own


def _root(version: str) -> str:
    return f"/apis/{version}" if "/" in version else f"/api/{version}"
