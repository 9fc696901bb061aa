"""Images are tagged with what stays, not with the branch that they were built from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.pipelines.examples import pipeline
from itdo_platform_gen.checks.pipelines.graphs import each_graph
from itdo_platform_gen.checks.pipelines.parameters import texts_of
from itdo_platform_gen.checks.pipelines.resource import SPEC_KINDS
from itdo_platform_gen.checks.pipelines.variables import variables
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pipelines.graphs import Graph
    from itdo_platform_gen.checks.rule import Finding

_REVISION = re.compile(r"(?:^|[-_.])(?:revision|branch|ref)$|^git(?:revision|ref|branch)$", re.IGNORECASE)
_TAGGED = re.compile(
    r"(?<![/\w]):[^/\s:]*\$\(params\.[\w.-]+\)[^/\s]*$|\):[^/\s:]*\$\(params\.[\w.-]+\)[^/\s]*$|\w:\$\(params\.[\w.-]+\)$"
)
_FIELD = re.compile(r"image|tag", re.IGNORECASE)
_BRANCHES = {"main", "master", "develop", "trunk", "HEAD"}
_HINT = "tag with the commit that the clone gives, $(tasks.clone.results.commit), and go on with the build's digest"


def _look(graph: Graph) -> Iterator[Finding]:
    revisions = {each.name: each for each in graph.parameters if _REVISION.search(each.name)}
    for task in graph.tasks if revisions else ():
        for index, value in mappings(task.data, "params"):
            name = text(value, "name")
            for part, written in texts_of(value.get("value")):
                used = [each for each in variables(written, "params") if each in revisions]
                whole = "tag" in name.lower() and written == f"$(params.{used[0]})" if used else False
                if used and _FIELD.search(name) and (whole or _TAGGED.search(written)):
                    parameter = revisions[used[-1]]
                    message = f"expected a tag that stays, got $(params.{parameter.name})"
                    message += ", a branch, which moves, and whose slashes no tag can have"
                    is_branch = text(parameter.data, "default") in _BRANCHES
                    place = (*task.path, "params", index, "value", *part)
                    yield graph.resource.find(
                        place, message, _HINT, "fails" if is_branch else "advice", "error" if is_branch else "warning"
                    )


_GOOD = pipeline("""\
params: [{name: revision, default: main}]
tasks:
  - name: clone
    params: [{name: revision, value: $(params.revision)}]
    taskSpec:
      params: [{name: revision}]
      results: [{name: commit}]
      steps: [{name: clone, image: IMAGE, command: [clone, $(params.revision), $(results.commit.path)]}]
  - name: build
    params: [{name: image, value: "ghcr.io/shop/orders:$(tasks.clone.results.commit)"}]
    taskSpec:
      params: [{name: image}]
      steps: [{name: build, image: IMAGE, command: [build, $(params.image)]}]
""")

RULE = Rule(
    code="TKN172",
    title="branches as tags",
    effect="fails",
    reason="A branch moves, so that its tag names another image tomorrow, and feature/x is no tag at all.",
    fix="tag images with the commit, and hand on their digest",
    good=_GOOD,
    bad=_GOOD.replace("orders:$(tasks.clone.results.commit)", "orders:$(params.revision)"),
    document=each_graph(_look),
    kinds=SPEC_KINDS,
)
