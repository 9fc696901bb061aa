"""The compiler of manifest templates: YAML nodes become templates, and every name and expression is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.template import (
    Choice,
    Constant,
    Entry,
    Head,
    Loop,
    MappingTemplate,
    SequenceTemplate,
    Template,
    Text,
    Whole,
)
from itdo_platform_gen.syntax.data import duplicate, key_name, scalar_data
from itdo_platform_gen.syntax.evaluation import EvaluationError
from itdo_platform_gen.syntax.expression import compile_expression
from itdo_platform_gen.syntax.hole import OPENER, Hole, UnclosedHoleError, split_holes
from itdo_platform_gen.syntax.node import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.blueprint.scope import Scope
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Mark

_CONTROL = re.compile(r"(?:(if|elif|for)\b\s*(.*)|(else))", re.DOTALL)
_FOR = re.compile(r"([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s+(.+)", re.DOTALL | re.ASCII)
_TAKEN_NAMES = {
    "values",
    "loop",
    "range",
    "true",
    "false",
    "none",
    "True",
    "False",
    "None",
    "in",
    "is",
    "not",
    "and",
    "or",
    "if",
    "elif",
    "else",
    "for",
}
_FOR_HINT = "write ${{ for item in values.list }} or ${{ for key, value in values.mapping | dictsort }}"


@dataclass(frozen=True, slots=True)
class _Control:
    """A control key: its word, and what stands behind it."""

    word: str
    rest: str
    mark: Mark


@dataclass(slots=True)
class Compiler:
    """Compiles templates; what is wrong with them is collected in `problems`."""

    problems: list[Diagnostic] = field(default_factory=list)

    def compile(self, node: Node, scope: Scope) -> Template:
        """Compile a node; where it is at fault, something harmless stands for it."""
        if isinstance(node, Scalar):
            return self.scalar(node, scope)
        if isinstance(node, Sequence):
            return self._sequence(node, scope)
        return self._mapping(node, scope)

    def scalar(self, node: Scalar, scope: Scope) -> Constant | Whole | Text:
        """Compile a scalar: text, a value as it is, or text around holes."""
        parts = self._parts(node)
        if parts is None:
            return Constant(node.mark, None, node)
        if all(isinstance(part, str) for part in parts):
            return Constant(node.mark, scalar_data(node, self.problems), node)
        marks = _hole_marks(node, parts)
        compiled = tuple(
            part if isinstance(part, str) else self._whole(part.source, next(marks), scope) for part in parts
        )
        if len(compiled) == 1 and isinstance(compiled[0], Whole):
            return compiled[0]
        return Text(node.mark, compiled)

    def hole(self, node: Scalar, scope: Scope) -> Whole | None:
        """Compile a scalar that must be one hole; anything else is a problem."""
        compiled = self.scalar(node, scope)
        if isinstance(compiled, Whole):
            return compiled
        hint = f"write ${{{{ {node.value} }}}}" if OPENER not in node.value else None
        self._fail(node.mark, "TPL008", "expected one expression in ${{ }}", hint)
        return None

    def loop(self, node: Scalar, scope: Scope) -> tuple[Head, Scope] | None:
        """Compile a scalar that must be `${{ name in list }}`; the scope is that of one turn."""
        parts = self._parts(node)
        if parts is None:
            return None
        if len(parts) != 1 or isinstance(parts[0], str):
            hint = f"write ${{{{ {node.value} }}}}" if OPENER not in node.value else None
            self._fail(node.mark, "TPL008", "expected ${{ name in list }}", hint)
            return None
        return self._for(parts[0].source, node.mark, scope)

    def _parts(self, node: Scalar) -> list[str | Hole] | None:
        if OPENER not in node.value:
            return [node.value]
        try:
            return split_holes(node.value)
        except UnclosedHoleError as error:
            hint = 'close it with }}; quote a scalar that holds ": " or " #": "${{ … }}"'
            opener = next(_hole_marks(node, [Hole(error.start, error.start + len(OPENER), "")]))
            self._fail(opener, "TPL002", "${{ is not closed", hint)
            return None

    def _whole(self, source: str, mark: Mark, scope: Scope) -> Whole:
        if _CONTROL.fullmatch(source):
            self._fail(mark, "TPL001", "control is a key, no value", "put a colon behind the }}")
            return Whole(mark, _NOTHING)
        try:
            expression = compile_expression(source)
        except EvaluationError as error:
            self._fail(mark, "EXPR001", error.message, error.hint)
            return Whole(mark, _NOTHING)
        for message, hint in scope.faults(expression):
            self._fail(mark, "EXPR002", message, hint)
        return Whole(mark, expression)

    def _mapping(self, node: Mapping, scope: Scope) -> Template:
        steps: list[Entry | Choice | Loop] = []
        seen: set[str] = set()
        choice: Choice | None = None
        for key, value in node.entries:
            control = self._control(key)
            if control is not None:
                choice = self._step(control, value, scope, steps, choice, self._merged)
                continue
            choice = None
            name = self._key(key, scope)
            if isinstance(name, str):
                if name in seen:
                    self.problems.append(duplicate(node, key))
                seen.add(name)
            steps.append(Entry(name, key.mark, self.compile(value, scope)))
        data = _constant_mapping(steps)
        if data is not None:
            return Constant(node.mark, data, node)
        return MappingTemplate(node.mark, tuple(steps))

    def _sequence(self, node: Sequence, scope: Scope) -> Template:
        steps: list[Template | Choice | Loop] = []
        choice: Choice | None = None
        for item in node.items:
            if isinstance(item, Mapping) and len(item.entries) == 1:
                key, value = item.entries[0]
                control = self._control(key)
                if control is not None:
                    choice = self._step(control, value, scope, steps, choice, self.compile)
                    continue
            choice = None
            steps.append(self.compile(item, scope))
        constants = [step for step in steps if isinstance(step, Constant)]
        if len(constants) == len(steps):
            return Constant(node.mark, [step.data for step in constants], node)
        return SequenceTemplate(node.mark, tuple(steps))

    def _merged(self, node: Node, scope: Scope) -> Template:
        """Compile what stands under a control key of a mapping, which must come to a mapping."""
        body = self.compile(node, scope)
        if (
            isinstance(node, Sequence)
            or isinstance(body, Text)
            or (isinstance(body, Constant) and not isinstance(body.data, dict))
        ):
            hint = "indent keys under it" if isinstance(node, Scalar) else None
            self._fail(node.mark, "TPL004", "a mapping must stand under control in a mapping", hint)
        return body

    def _step(  # noqa: PLR0913, PLR0917  the two kinds of container share it
        self,
        control: _Control,
        value: Node,
        scope: Scope,
        steps: list[Any],
        choice: Choice | None,
        compile_body: Callable[[Node, Scope], Template],
    ) -> Choice | None:
        """Add what a control key gives; the result is the choice that an `elif` or `else` may go on with."""
        if control.word == "for":
            found = self._for(control.rest, control.mark, scope)
            if found:
                steps.append(Loop(found[0], compile_body(value, found[1])))
            return None
        body = compile_body(value, scope)
        if control.word != "if" and choice is None:
            self._fail(control.mark, "TPL001", f"{control.word} without an if right before it")
            return None
        if control.word == "if" or choice is None:
            choice = Choice([])
            steps.append(choice)
        choice.branches.append((self._condition(control, scope), body))
        return choice if control.word != "else" else None

    def _condition(self, control: _Control, scope: Scope) -> Whole | None:
        if control.word == "else":
            if control.rest:
                self._fail(control.mark, "TPL001", "else takes no condition", "write elif")
            return None
        if not control.rest:
            self._fail(control.mark, "TPL001", f"{control.word} needs a condition")
            return None
        return self._whole(control.rest, control.mark, scope)

    def _for(self, rest: str, mark: Mark, scope: Scope) -> tuple[Head, Scope] | None:
        match = _FOR.fullmatch(rest)
        if match is None:
            self._fail(mark, "TPL001", "for needs names and a list", _FOR_HINT)
            return None
        names = tuple(name.strip() for name in match[1].split(","))
        for name in names:
            if name in _TAKEN_NAMES:
                self._fail(mark, "TPL001", f"{name} cannot be the name of a loop's item")
        if len(set(names)) < len(names):
            self._fail(mark, "TPL001", "a loop's names must differ")
        items = self._whole(match[2], mark, scope)
        return Head(names, items), scope.within_loop(names, items.expression)

    def _control(self, key: Scalar) -> _Control | None:
        if not key.value.startswith(OPENER):
            return None
        try:
            parts = split_holes(key.value)
        except UnclosedHoleError:
            return None
        if len(parts) != 1 or isinstance(parts[0], str):
            return None
        match = _CONTROL.fullmatch(parts[0].source)
        if match is None:
            if re.match(r"else\b", parts[0].source):
                return _Control("else", parts[0].source, key.mark)
            return None
        return _Control(match[1] or match[3], (match[2] or "").strip(), key.mark)

    def _key(self, key: Scalar, scope: Scope) -> str | Whole | Text:
        if OPENER not in key.value:
            return key_name(key, self.problems)
        compiled = self.scalar(key, scope)
        return key.value if isinstance(compiled, Constant) else compiled

    def _fail(self, mark: Mark, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(mark.diagnose(code, message, hint=hint))


_NOTHING = compile_expression("none")


def _hole_marks(node: Scalar, parts: list[str | Hole]) -> Iterator[Mark]:
    """Give the mark of each hole in a scalar, or of the whole where an escape hides an opener."""
    written = node.mark.text.content[node.mark.start : node.mark.end]
    if written.count(OPENER) != node.value.count(OPENER):
        yield from (node.mark for part in parts if isinstance(part, Hole))
        return
    offset = position = 0
    for hole in parts:
        if isinstance(hole, Hole):
            # A hole is the opener with as many others before it in what was written as in what it means.
            for _ in range(node.value.count(OPENER, position, hole.start + len(OPENER))):
                offset = written.index(OPENER, offset) + len(OPENER)
            position = hole.start + len(OPENER)
            yield node.mark.within(offset - len(OPENER), hole.end - hole.start)


def _constant_mapping(steps: list[Entry | Choice | Loop]) -> dict[str, object] | None:
    data: dict[str, object] = {}
    for step in steps:
        if not isinstance(step, Entry) or not isinstance(step.key, str) or not isinstance(step.value, Constant):
            return None
        data[step.key] = step.value.data
    return data
