"""Isolation: what NetworkPolicies let through to a pod and from it.

Where a policy speaks of what the documents do not say, such as addresses or other namespaces' labels, it is taken to
let through: only what is surely cut is told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.checks.selectors import selects
from itdo_platform_gen.checks.services import TCP, ports_of_pod

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document

    Side = Literal["ingress", "egress"]

# Kinds of other network plugins whose policies add to those of Kubernetes.
_OTHERS = (
    *("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "CiliumClusterwideNetworkPolicy", "CiliumNetworkPolicy"),
    *("ClusterNetworkPolicy", "GlobalNetworkPolicy"),
)
_NAME = "kubernetes.io/metadata.name"
_PEERS = {"ingress": "from", "egress": "to"}


@dataclass(frozen=True, slots=True)
class Connection:
    """A port and protocol that somebody connects to, on the pod that has it."""

    number: int
    protocol: str = TCP
    names: frozenset[str] = frozenset()


def to_port(number: int, protocol: str, pod: Pod) -> Connection:
    """Give a connection to a port of a pod, with the names it has there."""
    ports = ports_of_pod(pod)
    names = frozenset(p.name for p in ports if p.number == number and p.protocol == protocol and p.name)
    return Connection(number, protocol, names)


class Isolation:
    """The NetworkPolicies of all documents, by the pods they are for."""

    def __init__(self, world: World) -> None:
        self._policies: dict[tuple[Side, int], list[Document]] = defaultdict(list)
        self._labels = {
            d.name: {**mapping(d.data, "metadata", "labels"), _NAME: d.name} for d in world.of_kind("Namespace")
        }
        self._open = bool(world.of_kind(*_OTHERS))
        for policy in world.builtin("NetworkPolicy"):
            pods = world.selection.matching(policy.namespace, mapping(policy.data, "spec", "podSelector"))
            for side in _sides(policy):
                for pod in pods:
                    self._policies[side, id(pod)].append(policy)

    def of(self, pod: Pod, side: Side) -> list[Document]:
        """Give the policies that isolate a pod on a side; none where it is open."""
        return [] if self._open else self._policies.get((side, id(pod)), [])

    def lets(self, pod: Pod, side: Side, connection: Connection, peer: Pod | None) -> bool:
        """Tell whether a connection may pass; `peer` is None where it is to or from another namespace."""
        policies = self.of(pod, side)
        return not policies or any(
            self._rule_lets(rule, side, connection, pod, peer) for policy in policies for rule in _rules(policy, side)
        )

    def _rule_lets(self, rule: dict[str, Any], side: Side, connection: Connection, pod: Pod, peer: Pod | None) -> bool:
        ports = items(rule, "ports")
        if ports and not any(_is_port(port, connection) for port in ports):
            return False
        peers = items(rule, _PEERS[side])
        return not peers or any(self._is_peer(one, pod.document.namespace, peer) for one in peers)

    def _is_peer(self, one: object, namespace: str, peer: Pod | None) -> bool:
        if mapping(one, "ipBlock"):
            return True
        whole = one if isinstance(one, dict) else {}
        if peer is None:
            return "namespaceSelector" in whole and not _only(mapping(one, "namespaceSelector"), namespace)
        if "namespaceSelector" in whole:
            labels = self._labels.get(peer.document.namespace)
            if labels is not None and not selects(mapping(one, "namespaceSelector"), labels):
                return False
        elif peer.document.namespace != namespace:
            return False
        return selects(mapping(one, "podSelector"), peer.labels)


def _sides(policy: Document) -> Iterator[Side]:
    types = items(policy.data, "spec", "policyTypes")
    if not types or "Ingress" in types:
        yield "ingress"
    if "Egress" in types or (not types and items(policy.data, "spec", "egress")):
        yield "egress"


def _rules(policy: Document, side: Side) -> Iterator[dict[str, Any]]:
    return (rule for _, rule in mappings(policy.data, "spec", side))


def _is_port(port: object, connection: Connection) -> bool:
    if (text(port, "protocol") or TCP) != connection.protocol:
        return False
    number = port.get("port") if isinstance(port, dict) else None
    last = port.get("endPort") if isinstance(port, dict) else None
    if isinstance(number, str):
        return number in connection.names
    if not isinstance(number, int):
        return True
    return number <= connection.number <= (last if isinstance(last, int) else number)


def _only(selector: dict[str, Any], namespace: str) -> bool:
    """Tell whether a selector of namespaces is for one of them alone."""
    if mapping(selector, "matchLabels").get(_NAME) == namespace:
        return True
    named: Collection[dict[str, Any]] = [e for _, e in mappings(selector, "matchExpressions") if e.get("key") == _NAME]
    return any(e.get("operator") == "In" and items(e, "values") == [namespace] for e in named)
