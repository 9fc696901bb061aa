"""Lists of custom kinds that are sets or maps, in which nothing may come twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.custom import custom_documents, places
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.world import World


def _find(world: World) -> Iterator[Finding]:
    for document, whole, data in custom_documents(world):
        for path, schema, value in places(whole, data):
            kind = schema.get("x-kubernetes-list-type")
            if not isinstance(value, list) or kind not in ("set", "map"):
                continue
            keys = schema.get("x-kubernetes-list-map-keys", ()) if kind == "map" else None
            seen: set[str] = set()
            for index, item in enumerate(value):
                what = item if keys is None else {key: _key(item, key) for key in keys}
                text = json.dumps(what, sort_keys=True)
                if text in seen:
                    yield Finding(document, (*path, index), f"expected no item twice, got {show(what)} again")
                seen.add(text)


def _key(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, dict) else item


_CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: mixers.shop.example.com}
spec:
  group: shop.example.com
  names: {kind: Mixer, plural: mixers, singular: mixer, listKind: MixerList}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                fruits: {type: array, items: {type: string}, x-kubernetes-list-type: set}
---
apiVersion: shop.example.com/v1
kind: Mixer
metadata: {name: breakfast, namespace: dev}
"""

RULE = Rule(
    code="K8S130",
    title="sets and maps of custom kinds",
    effect="refused",
    reason="A CRD declares the list as a set, or as a map by some keys of its items, and the server takes none twice.",
    fix="leave out the item that comes again",
    good=_CRD + "spec: {fruits: [apple, pear]}\n",
    bad=_CRD + "spec: {fruits: [apple, pear, apple]}\n",
    world=_find,
)
