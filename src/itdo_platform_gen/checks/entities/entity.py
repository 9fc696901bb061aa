"""Entity: what rules for one entity share, and the examples they start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.group import is_entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.checks.rule import FindInDocument, Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document


def each_entity(look: Callable[[Document], Iterator[Finding]]) -> FindInDocument:
    """Make the function of a rule that looks at each entity by itself."""

    def find(document: Document, _: World) -> Iterator[Finding]:
        if is_entity(document):
            yield from look(document)

    return find


COMPONENT = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
  namespace: default
  labels: {tier: gold}
  annotations:
    github.com/project-slug: acme/orders
  tags: [python]
  links:
    - url: https://example.com/orders
spec:
  type: service
  lifecycle: production
  owner: platform
"""
GROUP = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: platform}
spec: {type: team, children: []}
"""
OWNED = f"{COMPONENT}---\n{GROUP}"
