"""Frame: the values in force while a template is evaluated, and what goes wrong meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.data import describe
from itdo_platform_gen.syntax.evaluation import LONGEST_TEXT, EvaluationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.blueprint.values import Values
    from itdo_platform_gen.diagnostics import Diagnostic, Related
    from itdo_platform_gen.syntax.expression import Expression
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Path

_MOST_TURNS = 100_000
_MOST_MADE = LONGEST_TEXT


class _Failed:
    """Stands for a value that could not be made; its diagnostic is among the problems."""


FAILED = _Failed()


@dataclass(slots=True)
class Frame:
    """Names with their values, and the place in the values that each stands for."""

    values: Values
    names: dict[str, object]
    places: dict[str, Path]
    problems: list[Diagnostic] = field(default_factory=list)
    turns: list[int] = field(default_factory=lambda: [0])
    made: list[int] = field(default_factory=lambda: [0])

    @classmethod
    def of(cls, values: Values) -> Frame:
        """Give the outermost frame, where there is `values` and nothing else."""
        return cls(values, {"values": values.data}, {"values": ()})

    def anew(self) -> Frame:
        """Give the same names and values, with nothing gone wrong and nothing counted yet."""
        return Frame(self.values, self.names, self.places)

    def evaluate(self, expression: Expression, mark: Mark) -> object:
        """Give an expression's value, or FAILED."""
        try:
            value = expression.evaluate(self.names)
        except EvaluationError as error:
            self.fail(mark, "EXPR003", error.message, error.hint, expression)
            return FAILED
        except RecursionError:
            self.fail(mark, "EXPR003", "nested too deep")
            return FAILED
        if isinstance(value, str | list | dict) and not self.affords(len(value), mark):
            return FAILED
        return value

    def affords(self, size: int, mark: Mark) -> bool:
        """Count what the rendering makes of characters, items and keys; where it gets too much, that is a problem."""
        self.made[0] += size
        if self.made[0] > _MOST_MADE >= self.made[0] - size:
            self.fail(mark, "TPL007", f"more than {_MOST_MADE:,} characters, items and keys in one rendering")
        return self.made[0] <= _MOST_MADE

    def fail(
        self,
        mark: Mark,
        code: str,
        message: str,
        hint: str | None = None,
        expression: Expression | None = None,
    ) -> None:
        """Note a problem at a place of the template, with the places of the values it took in."""
        related = self.related(self.reads(expression)) if expression else ()
        self.problems.append(mark.diagnose(code, message, hint=hint, related=related))

    def turns_of(self, names: tuple[str, ...], items: Expression, mark: Mark) -> Iterator[Frame]:
        """Give a frame for each turn of a loop."""
        found = self.evaluate(items, mark)
        if found is FAILED:
            return
        if not isinstance(found, list):
            hint = "write `for k, v in … | dictsort`" if isinstance(found, dict) else None
            self.fail(mark, "TPL009", f"for takes a list, got {describe(found)}", hint, items)
            return
        self.turns[0] += len(found)
        if self.turns[0] > _MOST_TURNS:
            self.fail(mark, "TPL007", f"more than {_MOST_TURNS:,} turns of loops in one rendering", None, items)
            return
        place = self.place_of(items)
        for index, item in enumerate(found):
            bound = self._bind(names, item)
            if bound is None:
                got = f"a list of {len(item)}" if isinstance(item, list) else describe(item)
                self.fail(mark, "TPL009", f"for takes items of {len(names)} values here, got {got}", None, items)
                return
            loop = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(found) - 1,
                "length": len(found),
            }
            places = self.places
            if place is not None and len(names) == 1:
                places = {**places, names[0]: (*place, index)}
            elif any(name in places for name in names):
                places = {name: path for name, path in places.items() if name not in names}
            names_now = {**self.names, **bound, "loop": loop}
            yield Frame(self.values, names_now, places, self.problems, self.turns, self.made)

    @staticmethod
    def _bind(names: tuple[str, ...], item: object) -> dict[str, object] | None:
        if len(names) == 1:
            return {names[0]: item}
        if isinstance(item, list) and len(item) == len(names):
            return dict(zip(names, item, strict=True))
        return None

    def place_of(self, expression: Expression) -> Path | None:
        """Give the place in the values that an expression looks up, where it does nothing else."""
        read = expression.lookup
        if read is None or read.root not in self.places:
            return None
        return (*self.places[read.root], *read.path)

    def reads(self, expression: Expression) -> tuple[Path, ...]:
        """Give the places in the values that an expression reads."""
        return tuple((*self.places[r.root], *r.path) for r in expression.reads if r.root in self.places)

    def related(self, paths: tuple[Path, ...]) -> tuple[Related, ...]:
        """Give the places where these values were given."""
        marks = [self.values.mark_of(path) for path in paths if path]
        return tuple(dict.fromkeys(mark.related("value from") for mark in marks if mark is not None))
