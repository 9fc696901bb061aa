"""Types of CEL: whether an expression compiles on the server, and to what, as far as it can be told here.

The functions that Kubernetes adds are not declared: an expression that calls one is judged by its syntax alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from itdo_platform_gen.checks.cel import NotEvaluatedError, compiled_type

if TYPE_CHECKING:
    from collections.abc import Mapping

# Functions, macros and their prefixes that the server knows, or may know in another version, and the library does not.
_ADDED = frozenset(
    {
        "add", "all", "allowed", "any", "asApproximateFloat", "asInteger", "authorizer", "base64", "bind", "block",
        "byte", "ceil", "cel", "check", "cidr", "compareTo", "containsCIDR", "containsIP", "date", "datetime",
        "decode", "distinct", "dns1035Label", "dns1035LabelPrefix", "dns1123Label", "dns1123LabelPrefix",
        "dns1123Subdomain", "encode", "equivalent", "error", "errored", "escapeKey", "exists", "existsOne",
        "exists_one", "family", "fieldSelector", "find", "findAll", "first", "flatten", "floor", "format",
        "getEscapedPath", "getHost", "getHostname", "getPort", "getQuery", "getScheme", "greatest", "group", "index",
        "indexOf", "intersects", "ip", "isCIDR", "isCanonical", "isGlobalUnicast", "isGreaterThan", "isIP",
        "isInteger", "isLessThan", "isLinkLocalMulticast", "isLinkLocalUnicast", "isLoopback", "isQuantity",
        "isSemver", "isSorted", "isURL", "isUnspecified", "join", "jsonpatch", "labelSelector", "labelValue", "last",
        "lastIndexOf", "least", "lists", "major", "masked", "math", "max", "min", "minor", "name", "named",
        "namespace", "optFlatMap", "optMap", "optional", "or", "orValue", "patch", "path", "prefixLength",
        "qualifiedName", "quantity", "range", "reason", "regex", "replace", "requestResource", "resource", "reverse",
        "round", "semver", "serviceAccount", "sets", "sign", "slice", "sort", "sortBy", "split", "string", "strings",
        "sub", "subresource", "sum", "transformList", "transformMap", "transformMapEntry", "trunc", "unwrap",
        "unwrapOpt", "uri", "url", "uuid", "validate", "value", "values",
    }
)  # fmt: skip
_CERTAIN = ("cannot be the operand of a select operation", "has() argument must be")
_CALLS = frozenset({"contains", "endsWith", "matches", "size", "startsWith"})
_NUMBERS = frozenset({"double", "int", "uint"})
_TYPED_BY_SERVER = re.compile(r"\b(request|namespaceObject|authorizer|self|oldSelf)\b")
_TEXTS = re.compile(r"[rRbB]{0,2}('(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")")
_HAS = re.compile(r"\bhas\(\s*[A-Za-z_][\w.]*\.\w+\s*\)")
_ERROR = re.compile(r"ERROR: <input>:\d+:\d+: ([^\n]*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_OPERATOR = re.compile(r"[_@!\-]|_?\[|_\?")


def code_of(expression: str) -> str:
    """Give an expression without what stands in its texts."""
    return _TEXTS.sub("''", expression)


def judge(
    expression: str, names: Mapping[str, str | None], results: tuple[str, ...] = ()
) -> tuple[str | None, str | None]:
    """Give the type of an expression, and what is wrong with it; None for what is not so or cannot be told.

    `names` are the variables with their types (None is one that only running tells), a type being `bool`, `int`,
    `double`, `string` or `list(string)`; `results` are the types it may come to, any where there are none.
    """
    if any("has(" in text for text in _TEXTS.findall(expression)):
        return None, None
    plain = _HAS.sub("true", expression)  # `has(a.b)` asks for no variable that is named a.b
    try:
        found = compiled_type(plain, tuple(sorted(names.items(), key=str)))
    except NotEvaluatedError as error:
        return None, _first(str(error))
    if found is None or (found == "dyn" and _TYPED_BY_SERVER.search(code_of(expression))):
        return None, None
    if not results or found in results:
        return found, None
    return found, f"expected an expression that comes to {' or '.join(results)}, got {found}"


def _first(errors: str) -> str | None:
    """Give the first error, None where one of them may be no error on the server."""
    found = _ERROR.findall(errors)
    told = [error for error in found if "*error*" not in error]
    if not told or not all(map(_is_certain, told)):
        return None
    return f"expected an expression that compiles, got {told[0].partition(' (in container')[0]}"


def _is_certain(error: str) -> bool:
    if error.startswith("Syntax error"):
        return True
    if match := _UNDECLARED.match(error):
        return match[1].partition(".")[0] not in _ADDED
    if match := _OVERLOAD.match(error):
        name, parameters = match[1], match[2].split(", ")
        if name in {"_<_", "_<=_", "_>_", "_>=_"} and _NUMBERS.issuperset(parameters):
            return False  # the server compares numbers of different types
        return name in _CALLS or _OPERATOR.match(name) is not None
    return any(words in error for words in _CERTAIN)
