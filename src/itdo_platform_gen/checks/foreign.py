"""Foreign templates: files that are YAML only once another tool has rendered them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.mark import Mark
from itdo_platform_gen.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Text
    from itdo_platform_gen.syntax.node import Node

# Objects and functions that only Helm gives a template, and the dash, which is Go's.
_HELM = re.compile(
    r"(?<!\$)\{\{(?:-|\s*(?:(?:include|template|tpl|toYaml|range|with|if|end|define)\b"
    r"|[^}\n]*\.(?:Values|Release|Chart|Capabilities)\b))"
)
# What may stand in a document that is well as it is, such as `{{ $labels.instance }}` of an alert, is not enough there.
_SURELY_HELM = re.compile(r"(?<!\$)\{\{[^}\n]*\.(?:Values|Release|Chart|Capabilities)\b")
_JINJA = re.compile(r"\{%")
_ANY = re.compile(r"(?<!\$)\{\{")
_OURS = re.compile(r"\$\{\{\s*(?:values\.|(?:if|elif|else|for)\b)")


def instead_of(problem: Diagnostic, text: Text) -> Diagnostic:
    """Give what to say of a text that is no YAML: that it is a template, where it is one, or else the problem."""
    for pattern, tell in ((_JINJA, _jinja), (_HELM, _helm)):
        match = pattern.search(text.content)
        if match is not None:
            return tell(_mark(text, match))
    if problem.line is not None:
        match = _ANY.search(text.line(problem.line - 1))
        if match is not None:
            start = len("\n".join(text.content.split("\n")[: problem.line - 1])) + (problem.line > 1)
            return _unknown(Mark(text, problem.line - 1, match.start(), start + match.start(), start + match.end()))
    return problem


def may_be_template(text: Text) -> bool:
    """Tell whether `template_in` may find one in a document of the text."""
    content = text.content
    return "{{" in content and bool(_SURELY_HELM.search(content) or _OURS.search(content))


def template_in(node: Node, text: Text) -> Diagnostic | None:
    """Give what to say of a document that is YAML and still a template, None where it is none.

    Text of several lines is looked past: a ConfigMap may carry the template of another tool. So is what looks like a
    hole of ours between quotes, which an author has no need of, and a program puts around any text.
    """
    if "{{" not in text.content:
        return None
    for scalar in _scalars(node, set()):
        if "{{" in scalar.value and "\n" not in scalar.mark.written:
            if _SURELY_HELM.search(scalar.value):
                return _helm(scalar.mark)
            if scalar.plain and _OURS.search(scalar.value):
                return _ours(scalar.mark)
    return None


def _scalars(node: Node, seen: set[int]) -> Iterator[Scalar]:
    if id(node) in seen:  # aliases
        return
    seen.add(id(node))
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item, seen)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _scalars(value, seen)


def _mark(text: Text, match: re.Match[str]) -> Mark:
    return Mark(text, 0, 0, 0, 0).within(match.start(), match.end() - match.start())


def _helm(mark: Mark) -> Diagnostic:
    hint = "render it first: helm template CHART | platform-gen validate -"
    return mark.diagnose("K8S006", "this is a Helm template, and no manifest before it is rendered", hint=hint)


def _jinja(mark: Mark) -> Diagnostic:
    message = "this is a Jinja template, and no manifest before it is rendered"
    return mark.diagnose("K8S006", message, hint="render it first, and validate what comes out")


def _ours(mark: Mark) -> Diagnostic:
    message = "this is a manifest template of a blueprint, and no manifest before it is rendered"
    return mark.diagnose("K8S006", message, hint="render it first: platform-gen preview BLUEPRINT")


def _unknown(mark: Mark) -> Diagnostic:
    message = "this is a template of another tool (Helm, Jinja, …), and no manifest before it is rendered"
    return mark.diagnose("K8S006", message, hint="render it first, or quote text that starts with {{")
