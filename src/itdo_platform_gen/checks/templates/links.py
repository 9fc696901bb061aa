"""The links of a template's output lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.checks.entities.names import is_url
from itdo_platform_gen.checks.entities.template import KINDS, TEMPLATE, each_template
from itdo_platform_gen.checks.reading import mappings, text
from itdo_platform_gen.checks.rule import Finding, Rule
from itdo_platform_gen.syntax.data import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.entities.template import Template
    from itdo_platform_gen.checks.world import World


def _look(template: Template, _: World) -> Iterator[Finding]:
    for index, link in mappings(template.document.data, "spec", "output", "links"):
        path = ("spec", "output", "links", index)
        url = text(link, "url")
        if not url and not text(link, "entityRef"):
            yield Finding(template.document, path, "expected url or entityRef, got neither")
        elif url and "${{" not in url and not url.startswith("/") and not is_url(url):
            message = f"expected a URL with its scheme, got {show(url)}"
            yield Finding(template.document, (*path, "url"), message)


RULE = Rule(
    code="BST319",
    title="links of the output",
    effect="advice",
    reason="A link that leads nowhere is shown all the same, when the task is done.",
    fix="write url: or entityRef:, mostly as an output of a step",
    good=TEMPLATE,
    bad=TEMPLATE.replace("url: ${{ steps.publish.output.remoteUrl }}", "icon: github"),
    document=each_template(_look),
    kinds=KINDS,
)
