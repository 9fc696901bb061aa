"""What NetworkPolicies cut, and what they may let through."""

from __future__ import annotations

import pytest

from itdo_platform_gen.checks.validate import validate
from itdo_platform_gen.syntax.mark import Text

WORLD = """\
apiVersion: v1
kind: Namespace
metadata: {name: dev}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: dev}
spec: {selector: {app: shop}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: dev, labels: {app: shop}}
spec: {containers: [{name: app, image: "app:1.0", ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: dev, labels: {app: cart}}
spec: {containers: [{name: app, image: "app:1.0", env: [{name: SHOP, value: "http://shop.dev.svc:80/x"}]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: dev}
spec: {ingressClassName: nginx, defaultBackend: {service: {name: shop, port: {number: 80}}}}
---
"""
DNS = "{to: [{namespaceSelector: {}}], ports: [{protocol: UDP, port: 53}]}"
INSIDE = "{podSelector: {}}"


def _policy(spec: str) -> str:
    head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: dev}\n"
    return f"{head}spec: {{podSelector: {{}}, {spec}}}\n"


def _codes(policy: str) -> list[str]:
    _, found = validate([Text("a.yaml", WORLD + policy)])
    return sorted(d.code for d in found if d.code in {"K8S220", "K8S221", "K8S222"})


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ("policyTypes: [Ingress, Egress]", ["K8S220", "K8S221", "K8S222"]),
        ("policyTypes: [Ingress], ingress: [{}]", []),
        ("policyTypes: [Egress], egress: [{}]", []),
        (f"policyTypes: [Ingress], ingress: [{{from: [{INSIDE}]}}]", ["K8S221"]),
        (f"policyTypes: [Egress], egress: [{DNS}]", ["K8S222"]),
        (f"policyTypes: [Egress], egress: [{DNS}, {{to: [{INSIDE}]}}]", []),
        (f"policyTypes: [Egress], egress: [{{to: [{INSIDE}]}}]", ["K8S220"]),
        ("ingress: [{from: [{namespaceSelector: {}}], ports: [{port: http}]}]", []),
        ("ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 80}]}]", ["K8S221", "K8S222"]),
        ("ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8000, endPort: 8100}]}]", []),
        ("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]", []),
        ("ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: dev}}}]}]", ["K8S221"]),
    ],
)
def test_what_is_cut_is_told(spec: str, codes: list[str]) -> None:
    assert _codes(_policy(spec)) == codes


def test_policies_of_other_plugins_may_let_it_through() -> None:
    other = "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: dev}\nspec: {}\n"
    assert _codes(_policy("policyTypes: [Ingress, Egress]") + other) == []
