"""Portable text: what can be seen in a template's text itself, which its syntax tree no longer tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from itdo_platform_gen.syntax.jinja import content_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Mark


class Fault(NamedTuple):
    """What is not portable: the line, from 1, what stands there, and what to write instead."""

    line: int
    message: str
    hint: str | None = None
    always: bool = True
    """Whether the engines always differ, or for some values alone."""


def portability(mark: Mark, fault: Fault, code: str = "CNT002") -> Diagnostic:
    """Give the diagnostic of a fault: advice where it depends on the values whether the engines differ."""
    if fault.always:
        return mark.diagnose(code, fault.message, hint=fault.hint)
    return mark.diagnose("CNT006", fault.message, hint=fault.hint, severity="warning", effect="advice")


class Token(NamedTuple):
    """A token inside a hole or block; `apart` tells that white space stands before it."""

    line: int
    sort: str
    text: str
    apart: bool


_PYTHON_WORDS = {"True": "true", "False": "false", "None": "none"}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_LARGEST_INTEGER = 2**53
_ESCAPES = re.compile(r"\\(?:[\\'\"nrt]|(.))", re.DOTALL)
_WITHIN = "put it between other text of the line, or write the text as a string: ${{ '…' }}"

# Strings are gone over, so that what looks like a tag inside one is none.
_STRINGS = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"])*?"""
_TAGS = re.compile(
    rf"\$\{{\{{{_STRINGS}\}}\}}|(?P<comment>\{{#.*?#\}})"
    rf"|(?P<raw>\{{%[-+]?\s*raw\b.*?\bendraw\s*[-+]?%\}})|\{{%{_STRINGS}%\}}",
    re.DOTALL,
)


def written_faults(text: str) -> Iterator[Fault]:
    """Give what is not portable in the text of a template that can be parsed."""
    yield from _tag_faults(text)
    for tokens in _tagged(text):
        yield from _token_faults(tokens)
        yield from _choice_faults(tokens)
        yield from _not_faults(tokens)


def _tag_faults(text: str) -> Iterator[Fault]:
    for match in _TAGS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        what = "a comment" if match["comment"] else "raw" if match["raw"] else None
        if what is not None and _ends_a_line(text, match):
            yield Fault(line, f"{what} at the start or end of a line leaves another line break in each engine", _WITHIN)
        if match["raw"] and re.search(r"\{%[-+]|[-+]%\}", match[0]):
            yield Fault(line, "raw with - or + is unknown to Backstage", _WITHIN)
        elif match[0].startswith("{%+") or match[0].endswith("+%}"):
            yield Fault(line, "+ in a tag is unknown to Backstage", "leave it out, or put other text before the tag")


def _ends_a_line(text: str, tag: re.Match[str]) -> bool:
    before = text[: tag.start()].rpartition("\n")[2]
    after = text[tag.end() :].partition("\n")
    return not before.strip() or (not after[0].strip() and bool(after[1])) or "\n" in tag[0]


def _tagged(text: str) -> Iterator[list[Token]]:
    """Give the tokens of each hole and block, the one that ends it among them."""
    found: list[Token] | None = None
    apart = False
    for line, sort, written in content_tokens(text):
        if sort in {"variable_begin", "block_begin"}:
            found = []
        elif found is not None:
            if sort != "whitespace":
                found.append(Token(line, sort, written, apart))
            apart = sort == "whitespace"
            if sort in {"variable_end", "block_end"}:
                yield found[1:] if sort == "block_end" else found  # the word of a statement is none of an expression
                found = None


def _token_faults(tokens: list[Token]) -> Iterator[Fault]:
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        line, sort, text, _ = token
        if sort == "name" and text in _PYTHON_WORDS:
            yield Fault(line, f"{text} is unknown to Backstage", f"write {_PYTHON_WORDS[text]}")
        elif sort == "string":
            for escape in _ESCAPES.finditer(text[1:-1]):
                if escape[1]:
                    yield Fault(line, f"{escape[0]} in a string differs in Backstage", "write the character itself")
            if behind is not None and behind.sort == "string":
                yield Fault(line, "two strings side by side are unknown to Backstage", "write ~ between them")
        elif sort == "integer" and (not text.isdecimal() or int(text) > _LARGEST_INTEGER):
            yield Fault(line, f"the number {text} is unknown to Backstage or too large for it", "write it in decimal")
        elif text == "," and behind is not None and behind.text in {")", "]", "}"}:
            yield Fault(line, "a comma before a closing bracket is unknown to Backstage", "leave it out")
        elif text == "}" and behind is not None and not behind.apart and behind.text.startswith("}"):
            yield Fault(line, "}} ends the hole in Backstage", "put a space between the braces")


def _choice_faults(tokens: list[Token]) -> Iterator[Fault]:
    """Find `a if b else c if d else e`, of which Backstage takes the first half alone."""
    open_else = [False]
    for line, sort, text, _ in tokens:
        if text in {"(", "[", "{"}:
            open_else.append(False)
        elif text in {")", "]", "}"} and len(open_else) > 1:
            open_else.pop()
        elif text in {",", ":"}:
            open_else[-1] = False
        elif sort == "name" and text == "else":
            open_else[-1] = True
        elif sort == "name" and text == "if" and open_else[-1]:
            yield Fault(line, "an if behind an else is unknown to Backstage", "put the second if into parentheses")


def _not_faults(tokens: list[Token]) -> Iterator[Fault]:
    """Find `not a == b`, which Backstage reads as `(not a) == b`."""
    for index, (line, sort, text, _) in enumerate(tokens):
        if sort != "name" or text != "not" or (index and tokens[index - 1].text == "is"):
            continue
        depth = 0
        for token in tokens[index + 1 :]:
            depth += (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
            if depth < 0 or (not depth and token.text in {"and", "or", "if", "else", ",", "in"}):
                break
            if not depth and token.text in _COMPARISONS:
                yield Fault(line, "not before a comparison is read in another way by Backstage", "write not (a == b)")
                break
