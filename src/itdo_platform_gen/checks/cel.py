"""CEL: the only door to cel-expr-python, which evaluates the validation rules of CRDs.

It is the C++ implementation of CEL: patterns are RE2's as on the server, what a rule may cost is bounded (ten thousand
steps), and nothing outside its variables can be reached. It is an extra (`itdo-platform-gen[cel]`), since it is large.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.cel_functions import FUNCTIONS

if TYPE_CHECKING:
    from itdo_platform_gen.schema.violation import Json

_FAULTS_OF_DATA = ("INVALID_ARGUMENT", "NOT_FOUND", "OUT_OF_RANGE")
_NOT_OURS = ("Non-CEL value", "conversion failed")


class NotEvaluatedError(Exception):
    """An expression that cannot be evaluated here; the message says why."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What comes of an expression that the server too finds an error in, such as a key that is missing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Time:
    """A timestamp or duration: the name of the function of CEL that reads it, and the text it reads."""

    function: str
    text: str


def evaluate(expression: str, data: Json) -> Json | Failed:
    """Give what an expression comes to for `self`, whose data may hold `Time`.

    Raises NotEvaluatedError.
    """
    if _has_time(data):  # the library takes none inside data, so that the data is made part of the expression
        expression, data = f"cel.bind(self, {_literal(data)}, {expression})", None
    program = _compiled(expression)
    if isinstance(program, str):
        raise NotEvaluatedError(program)
    try:
        result = program.eval(data={"self": data})
        value = result.plain_value()
        kind = result.type().name()
    except Exception as error:  # noqa: BLE001  it raises whatever the library thinks of
        raise NotEvaluatedError(_first_line(str(error))) from None
    if kind != "ERROR":
        return value
    status, _, reason = str(value).partition(": ")
    if status not in _FAULTS_OF_DATA or any(words in reason for words in _NOT_OURS):
        raise NotEvaluatedError(_first_line(reason))
    return Failed(_first_line(reason))


@lru_cache(maxsize=4096)
def compiled_type(expression: str, names: tuple[tuple[str, str | None], ...]) -> str | None:
    """Give the type that an expression comes to where variables have types, `dyn` where only running tells.

    A type is written as CEL does: `bool`, `list(string)`; that of a variable may be None, which is `dyn`. Gives None
    where the library is not there. Raises NotEvaluatedError with the compiler's errors, one a line.
    """
    try:
        from cel_expr_python import cel  # noqa: PLC0415  most runs need none of it
        from cel_expr_python.ext import ext_optional, ext_strings  # noqa: PLC0415
    except ImportError:
        return None
    variables = {name: _typed(cel.Type, kind) for name, kind in names}
    environment = cel.NewEnv(variables=variables, extensions=[ext_optional.ExtOptional(), ext_strings.ExtStrings()])
    try:
        return str(environment.compile(expression).return_type()).lower()
    except Exception as error:  # noqa: BLE001  it raises whatever the library thinks of
        raise NotEvaluatedError(str(error)) from None


def _typed(library: Any, kind: str | None) -> Any:
    inner = (kind or "").removeprefix("list(")
    return library.List(library(inner.removesuffix(")"))) if inner != (kind or "") else library(kind or "dyn")


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> Any:
    """Give the program of an expression, or why there is none."""
    environment = _environment()
    if isinstance(environment, str):
        return environment
    try:
        return environment.compile(expression)
    except Exception as error:  # noqa: BLE001
        return _first_line(str(error).replace("INVALID_ARGUMENT: ERROR: <input>:", "").partition(" (in container")[0])


@lru_cache(maxsize=1)
def _environment() -> Any:
    try:
        from cel_expr_python import cel  # noqa: PLC0415  most runs need none of it
        from cel_expr_python.ext import ext_bindings, ext_math, ext_optional, ext_strings  # noqa: PLC0415
    except ImportError:
        return "cel-expr-python is not installed: pip install 'itdo-platform-gen[cel]'"
    types = {
        "any": cel.Type.DYN, "bool": cel.Type.BOOL, "float": cel.Type.DOUBLE, "int": cel.Type.INT,
        "list": cel.Type.List(cel.Type.DYN), "text": cel.Type.STRING,
    }  # fmt: skip
    functions: dict[str, list[Any]] = {}
    for number, (name, signature, function) in enumerate(FUNCTIONS):
        given, _, result = signature.partition(" -> ")
        receiver, dot, rest = given.rpartition(".")
        parameters = [types[part] for part in ([receiver, *rest.split()] if dot else given.split())]
        overload = cel.Overload(
            f"{name}_{number}", return_type=types[result], parameters=parameters, is_member=bool(dot), impl=function
        )
        functions.setdefault(name, []).append(overload)
    return cel.NewEnv(
        variables={"self": cel.Type.DYN},
        extensions=[
            ext_bindings.ExtBindings(), ext_math.ExtMath(), ext_optional.ExtOptional(), ext_strings.ExtStrings(),
        ],
        functions=[cel.FunctionDecl(name, overloads) for name, overloads in functions.items()],
    )  # fmt: skip


def _has_time(data: Json) -> bool:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return isinstance(data, Time) or any(map(_has_time, inner))


def _literal(data: Json) -> str:
    """Write data as CEL does, of types that are known only when it runs."""
    if isinstance(data, dict):
        body = ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_literal(part)}" for key, part in data.items())
        return f"dyn({{{body}}})"
    if isinstance(data, list):
        return f"dyn([{', '.join(map(_literal, data))}])"
    if isinstance(data, Time):
        return f"dyn({data.function}({json.dumps(data.text, ensure_ascii=False)}))"
    if isinstance(data, bytes):
        return 'dyn(b"' + "".join(f"\\x{byte:02x}" for byte in data) + '")'
    return f"dyn({json.dumps(data, ensure_ascii=False)})"


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()
