"""The overlay's codes, told as rules are: what single fields have to be, which the compiled schemas find.

They are listed and explained together with the rules. They have neither a `document` nor a `world` to look with:
`structure.py` says what `schemas/overlay.yaml` finds, under the code that stands there.
"""

from __future__ import annotations

from itdo_platform_gen.checks.rule import Rule

_POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: dev}}
spec:
  containers:
    - {{name: {name}, image: "registry.example.com/web:1.2.3"{more}}}
"""
_QUOTA = """\
apiVersion: v1
kind: ResourceQuota
metadata: {{name: limits, namespace: dev}}
spec: {{hard: {{requests.memory: {memory}}}}}
"""
_POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: office, namespace: dev}}
spec:
  podSelector: {{}}
  policyTypes: [Ingress]
  ingress: [{{from: [{{ipBlock: {{cidr: {cidr}}}}}]}}]
"""
_ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: reader, namespace: dev}}
rules: [{{apiGroups: [""], resources: [pods], verbs: {verbs}}}]
"""

QUANTITIES = "K8S011"
"""The code of a form that a server has to understand to read a document at all."""

_GOOD = _POD.format(name="web", more="")
_RULES = (
    Rule(
        code="K8S010",
        title="names, keys and label values",
        effect="refused",
        reason="A server takes a name, a key or a label's value in the form of its field alone.",
        fix="use lower-case letters, digits and - in names, and keep them short",
        good=_GOOD,
        bad=_POD.format(name="Web_Server", more=""),
    ),
    Rule(
        code=QUANTITIES,
        title="quantities",
        effect="refused",
        reason="A server cannot count what is no quantity, or a negative one where there is nothing to take away.",
        fix="write a number with an optional suffix, such as 500m, 2 or 8Gi",
        good=_QUOTA.format(memory="8Gi"),
        bad=_QUOTA.format(memory="8 GB"),
    ),
    Rule(
        code="K8S012",
        title="one of a few values",
        effect="refused",
        reason="The field takes one of a few values, in exactly this spelling.",
        fix="write one of the values listed",
        good=_POD.format(name="web", more=", imagePullPolicy: Always"),
        bad=_POD.format(name="web", more=", imagePullPolicy: always"),
    ),
    Rule(
        code="K8S013",
        title="bounds of numbers",
        effect="refused",
        reason="The number lies outside of what the field can hold.",
        fix="write a number within the bounds",
        good=_POD.format(name="web", more=", ports: [{containerPort: 8080}]"),
        bad=_POD.format(name="web", more=", ports: [{containerPort: 80800}]"),
    ),
    Rule(
        code="K8S014",
        title="what must not be missing",
        effect="refused",
        reason="A server refuses the object without this, although its OpenAPI does not say so.",
        fix="add what is missing",
        good=_ROLE.format(verbs="[get]"),
        bad=_ROLE.format(verbs="[]"),
    ),
    Rule(
        code="K8S015",
        title="one of several fields",
        effect="refused",
        reason="The fields exclude each other, and most often one of them is needed.",
        fix="keep exactly one of the fields",
        good=_POD.format(name="web", more=", livenessProbe: {tcpSocket: {port: 80}}"),
        bad=_POD.format(name="web", more=", livenessProbe: {periodSeconds: 5}"),
    ),
    Rule(
        code="K8S017",
        title="addresses, paths and other forms",
        effect="refused",
        reason="A server reads the text in the form of its field alone.",
        fix="write it in the form asked for",
        good=_POLICY.format(cidr="10.0.0.0/8"),
        bad=_POLICY.format(cidr="10.0.0.0"),
    ),
)


def overlay_rules() -> tuple[Rule, ...]:
    """Give the overlay's codes, in the form of rules that look at nothing themselves."""
    return _RULES
