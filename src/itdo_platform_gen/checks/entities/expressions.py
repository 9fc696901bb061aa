"""Expressions of a template's steps, read for what they look up; how Backstage's own engine takes them.

Backstage 1.4x renders with nunjitsu 0.x: Nunjucks' syntax, with `${{ }}` for `{{ }}`. What a step's text cannot be
rendered as, it is passed on as it stands; what is not there is left out. Jinja2's parser reads nearly the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from itdo_platform_gen.syntax.evaluation import EvaluationError
from itdo_platform_gen.syntax.jinja import ContentError, nodes, parse, parse_content
from itdo_platform_gen.syntax.lookup import Read, reads_of

FILTERS = frozenset(
    [
        "abs",
        "batch",
        "capitalize",
        "center",
        "d",
        "default",
        "dictsort",
        "dump",
        "e",
        "escape",
        "first",
        "float",
        "forceescape",
        "groupby",
        "indent",
        "int",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "nl2br",
        "random",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "safe",
        "select",
        "selectattr",
        "slice",
        "sort",
        "string",
        "striptags",
        "sum",
        "title",
        "trim",
        "truncate",
        "upper",
        "urlencode",
        "urlize",
        "wordcount",
        "parseEntityRef",
        "parseRepoUrl",
        "pick",
        "projectSlug",
    ]
)
"""What the engine and the scaffolder bring; a backend may add its own."""
TESTS = frozenset(
    [
        "callable",
        "defined",
        "divisibleby",
        "eq",
        "equalto",
        "escaped",
        "even",
        "ge",
        "gt",
        "greaterthan",
        "iterable",
        "le",
        "lessthan",
        "lower",
        "lt",
        "mapping",
        "ne",
        "none",
        "null",
        "number",
        "odd",
        "sameas",
        "string",
        "undefined",
        "upper",
    ]
)
FUNCTIONS = frozenset({"always", "cycler", "failure", "joiner", "range"})
# Methods that Python's values have and JavaScript's lack; a call of one fails.
PYTHON_METHODS = {
    "upper": "| upper",
    "lower": "| lower",
    "title": "| title",
    "capitalize": "| capitalize",
    "strip": "| trim",
    "format": "write ~ between the parts",
    "items": "| dictsort",
    "keys": "| dictsort",
    "values": "| dictsort",
    "get": "write [key]",
    "startswith": "write startsWith",
    "endswith": "write endsWith",
    "append": "write the list out",
    "count": "| length",
}
_PYTHON_WORDS = {"True": "true", "False": "false", "None": "none"}
# Filters and tests that go by whether something is there.
_ASKING = frozenset({"d", "default", "defined", "undefined"})
_STRICT = re.compile(r"([=!]=)=")
_PATTERN = re.compile(r"(?<![\w)\]])r/(?:[^/\\\n]|\\.)+/[gimy]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one expression, or a text with blocks, looks up; `fault` says why it cannot be rendered."""

    reads: tuple[Read, ...] = ()
    fault: str | None = None
    hint: str | None = None
    guarded: frozenset[str] = frozenset()
    """What is looked up with another value at hand, for where it is missing."""
    is_known: bool = True
    """Whether all that it looks up is known, which blocks of other sorts may hide."""


@lru_cache(maxsize=4096)
def read_expression(source: str) -> Reading:
    """Read what stands between `${{` and `}}`."""
    try:
        tree = parse(_as_jinja(source).strip())
    except EvaluationError as error:
        return Reading(fault=error.message, hint=_slip(source))
    return _read(tree)


@lru_cache(maxsize=512)
def read_text(text: str) -> Reading:
    """Read a text that has blocks."""
    try:
        tree = parse_content(_as_jinja(text))
    except ContentError:
        return Reading(is_known=False)
    return _read(tree)


def _as_jinja(source: str) -> str:
    return _PATTERN.sub("''", _STRICT.sub(r"\1", source))


def _slip(source: str) -> str | None:
    for written, meant in (("&&", "and"), ("||", "or"), ("?", "a if b else c")):
        if written in source:
            return f"write {meant} in place of {written}"
    return "write not in place of !" if "!" in source.replace("!=", "") else None


def _read(tree: nodes.Node) -> Reading:
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    stored |= {macro.name for macro in tree.find_all(nodes.Macro)} | {"loop", "caller"}
    every = [tree, *tree.find_all(nodes.Node)]
    called = {node.node.name for node in every if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)}
    reads = tuple(read for read in reads_of(tree) if read.root not in stored and read.root not in called)
    for node in every:
        fault = _fault(node, stored)
        if fault is not None:
            return Reading(reads, *fault)
    return Reading(reads, guarded=frozenset(str(read) for node in every for read in _guarded(node)))


def _guarded(node: nodes.Node) -> list[Read]:
    """Give what a node asks for being there, or has something else for."""
    if isinstance(node, nodes.CondExpr):
        return reads_of(node.test)
    if isinstance(node, nodes.Or):
        return reads_of(node.left)
    if isinstance(node, nodes.If):
        return reads_of(node.test)
    if isinstance(node, (nodes.Filter, nodes.Test)) and node.name in _ASKING and node.node is not None:
        return reads_of(node.node)
    return []


def _fault(node: nodes.Node, own: set[str]) -> tuple[str, str | None] | None:
    from itdo_platform_gen.syntax.near import suggest  # noqa: PLC0415  only faults pay for it

    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"no filter {node.name}", suggest(node.name, FILTERS)
    if isinstance(node, nodes.Test) and node.name not in TESTS | {"in"}:
        return f"no test {node.name}", suggest(node.name, TESTS)
    if isinstance(node, nodes.Call):
        called = node.node
        if isinstance(called, nodes.Getattr) and called.attr in PYTHON_METHODS:
            return f"no method {called.attr}(), which is Python's", PYTHON_METHODS[called.attr]
        if isinstance(called, nodes.Name) and called.name not in FUNCTIONS | own:
            return f"no function {called.name}()", suggest(called.name, FUNCTIONS)
    return None


def python_word(source: str) -> tuple[str, str] | None:
    """Give a word of Python's that JavaScript reads as the name of nothing, and what to write for it."""
    without_texts = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "''", source)
    for word, meant in _PYTHON_WORDS.items():
        if re.search(rf"(?<![\w.]){word}(?!\w)", without_texts):
            return word, meant
    return None
