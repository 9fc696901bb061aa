"""Scalars: which value an unquoted text has, and which texts may stand unquoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itdo_platform_gen.syntax.node import Scalar

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BASED = re.compile(r"0(?:o([0-7]+)|x([0-9a-fA-F]+))")

# go-yaml reads these as booleans too, and Kubernetes with it.
_GO_BOOLEANS = _BOOLEANS | {
    form: value
    for word, value in (("y", True), ("yes", True), ("on", True), ("n", False), ("no", False), ("off", False))
    for form in (word, word.capitalize(), word.upper())
}
_GO_INTEGER = re.compile(r"[-+]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)")
# Python writes no integer of more than 4300 digits, hexadecimal ones counted as decimal.
_MOST_DIGITS = 3500


class NotFiniteError(ValueError):
    """A scalar that reads as infinity or as no number, which JSON does not have."""


def resolve(scalar: Scalar) -> object:
    """Read a scalar by the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

    Raises NotFiniteError for `.inf` and `.nan`.
    """
    text = scalar.value
    if scalar.tag is not None:
        return _tagged(scalar.tag, text)
    if not scalar.plain:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] in "0123456789+-.":
        return _number(text)
    return text


def resolve_as_kubernetes(scalar: Scalar) -> object:
    """Read a scalar as Kubernetes' own tools do, which is go-yaml 2 (sigs.k8s.io/yaml, goyaml.v2/resolve.go)."""
    text = scalar.value
    if scalar.tag is not None or not scalar.plain:
        return resolve(scalar)
    if text in _NULLS:
        return None
    if text in _GO_BOOLEANS:
        return _GO_BOOLEANS[text]
    if text[0] not in "0123456789+-.":
        return text
    digits = text.replace("_", "")
    if _GO_INTEGER.fullmatch(digits) and len(digits) < _MOST_DIGITS:
        sign, body = (-1, digits[1:]) if digits[0] == "-" else (1, digits.lstrip("+"))
        octal = len(body) > 1 and body[0] == "0" and body[1].isdigit()
        value = sign * int(body, 8 if octal else 0)
        return value if -(2**63) <= value < 2**64 else _finite(str(value))
    return _number(digits) if _FLOAT.fullmatch(digits) or _SPECIAL_FLOAT.fullmatch(text) else text


def _number(text: str) -> object:
    if _INTEGER.fullmatch(text) and len(text) < _MOST_DIGITS:
        return int(text)
    if _FLOAT.fullmatch(text):
        return _finite(text)
    if based := _BASED.fullmatch(text):
        if len(text) >= _MOST_DIGITS:
            raise NotFiniteError(text)
        octal, hexadecimal = based.groups()
        return int(octal, 8) if octal else int(hexadecimal, 16)
    if _SPECIAL_FLOAT.fullmatch(text):
        raise NotFiniteError(text)
    return text


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise NotFiniteError(text)
    return value


def _tagged(tag: str, text: str) -> object:
    if tag == "str":
        return text
    if tag == "null":
        return None
    value = _BOOLEANS.get(text) if tag == "bool" else _number(text)
    if tag == "float" and isinstance(value, int):
        return float(value)
    return text if value is None else value


# Words that some reader takes for a boolean, null or number.
_WORDS = {word.lower() for word in {*_GO_BOOLEANS, *_NULLS}}
# Starts with a letter, and has nothing that means something to YAML in the middle of a line.
_WORD_LIKE = re.compile(r"[^\W\d][\w./@+=~:,%()*&!?|<>^$;'-]*(?: [\w./@+=~:,%()*&!?|<>^$;'-]+)*|/[\w./@+=~:%-]*")
# Starts with a digit, and has a letter or slash that no number, time or date of YAML 1.1 or 1.2 has.
_UNIT_LIKE = re.compile(r"(?![0-9]{4}-)[0-9][A-Za-z0-9_./-]*[/g-np-wyzG-NP-SU-WYZ][A-Za-z0-9_./-]*", re.ASCII)


def may_stand_plain(text: str) -> bool:
    """Tell whether readers of YAML 1.1 and of 1.2 all read this text back as the same string without quotes."""
    if _WORD_LIKE.fullmatch(text):
        return ": " not in text and text[-1] != ":" and text.lower() not in _WORDS
    return _UNIT_LIKE.fullmatch(text) is not None


# Characters that a block may hold as they are: printable ones and the tab.
_SHOWN = r"[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
# The first line starts with no space, no line ends in one, and there is at most one line break at the end.
_LITERAL = re.compile(rf"(?![ \n\t])(?:{_SHOWN}*(?<![ \t])\n)*{_SHOWN}*(?<![ \t])(?<!\n\n)")


def may_stand_literal(text: str) -> bool:
    """Tell whether a text of several lines reads back the same from a literal block (`|`)."""
    return "\n" in text and _LITERAL.fullmatch(text) is not None


def float_text(value: float) -> str:
    """Write a finite float so that YAML 1.1 reads one too: with a point, also before an exponent."""
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")
