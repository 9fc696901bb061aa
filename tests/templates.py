"""Manifest templates without a blueprint around them: compiled for some values, and rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.compiler import Compiler
from itdo_platform_gen.blueprint.frame import FAILED, Frame
from itdo_platform_gen.blueprint.scope import ANY, Scope, Shape
from itdo_platform_gen.blueprint.values import Values
from itdo_platform_gen.diagnostics import in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.mark import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.blueprint.template import Template
    from itdo_platform_gen.syntax.expression import Expression


@dataclass(frozen=True)
class Rendered:
    """The data of each document that is left, and the text of them all."""

    documents: tuple[object, ...]
    text: str


def scope_of(names: Iterable[str]) -> Scope:
    """Give the scope where these parameters are declared, of any shape."""
    return Scope({"values": Shape(dict.fromkeys(names, ANY))})


def compiled(template: str, names: Iterable[str]) -> list[tuple[str, Template]]:
    """Compile each document, with its comment.

    Raises DiagnosticsError where something is wrong.
    """
    compiler = Compiler()
    scope = scope_of(names)
    documents = [(parsed.comment, compiler.compile(parsed.node, scope)) for parsed in compose(Text("t", template))]
    if compiler.problems:
        raise DiagnosticsError(in_order(compiler.problems))
    return documents


def rendered(template: str, values: dict[str, object], optional: Iterable[str] = ()) -> Rendered:
    """Render a template; parameters are the keys of the values, and those that are optional.

    Raises DiagnosticsError where something is wrong.
    """
    frame = Frame.of(Values(values))
    results = [(comment, body.evaluate(frame, None, ())) for comment, body in compiled(template, [*values, *optional])]
    if frame.problems:
        raise DiagnosticsError(in_order(frame.problems))
    kept = [(comment, data) for comment, data in results if data is not FAILED and data not in ({}, [], None)]
    text = "---\n".join(emit(data, comment) for comment, data in kept)
    return Rendered(tuple(data for _, data in kept), text)


def value_of(expression: Expression, **values: object) -> object:
    """Give the value that an expression has for some values."""
    return expression.evaluate({"values": values})
