"""Documents know what they are, and where each of their parts comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itdo_platform_gen.render.document import Document, NodeOrigins
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.node import Path

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: dev}
spec:
  containers:
    - name: web
      image: web:1
"""


def _read(text: str) -> Document:
    node = compose(Text("pod.yaml", text))[0].node
    return Document(to_data(node, []), "pod.yaml", NodeOrigins(node))


def test_a_document_names_itself() -> None:
    pod = _read(POD)
    assert (pod.api_version, pod.kind, pod.name, pod.namespace) == ("v1", "Pod", "web", "dev")
    assert pod.resource == "Pod/web"


@pytest.mark.parametrize("text", ["[1]", "a", "kind: 1", "kind: [Pod]\nmetadata: web", "metadata: {name: null}"])
def test_what_a_document_lacks_is_empty(text: str) -> None:
    document = _read(text)
    assert (document.api_version, document.kind, document.name, document.namespace) == ("", "", "", "")
    assert document.resource is None


@pytest.mark.parametrize(
    ("path", "at_key", "place"),
    [
        ((), False, (1, 1)),
        (("spec",), False, (5, 3)),
        (("spec",), True, (4, 1)),
        (("spec", "containers", 0, "image"), False, (7, 14)),
        (("spec", "containers", 0, "image"), True, (7, 7)),
        (("spec", "containers", 0, "imagePullPolicy"), True, (6, 7)),
        (("spec", "containers", 3), False, (6, 5)),
    ],
)
def test_a_diagnostic_stands_at_the_part_or_the_nearest_around_it(
    path: Path,
    at_key: bool,  # noqa: FBT001
    place: tuple[int, int],
) -> None:
    diagnostic = _read(POD).diagnose("K8S001", "wrong", path, at_key=at_key)
    assert (diagnostic.line, diagnostic.column) == place
    assert diagnostic.file == "pod.yaml"
    assert diagnostic.resource == "Pod/web"
