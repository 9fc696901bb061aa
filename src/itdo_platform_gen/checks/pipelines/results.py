"""Results: references to what tasks and steps give, `$(tasks.x.results.y)` and `$(steps.x.results.y)`."""

from __future__ import annotations

from dataclasses import dataclass

from itdo_platform_gen.checks.pipelines.variables import index_of, without_index

_LEAST = 4
_MOST = 5
_PLAIN = 4


@dataclass(frozen=True, slots=True)
class ResultReference:
    """A reference to a result: of which task or step, which result, at which index or key of it."""

    of: str
    result: str
    index: str = ""
    key: str = ""

    @property
    def type(self) -> str:
        """The type that a result has to have for it, `any` where any will do."""
        if self.key:
            return "object"
        return "any" if self.index == "*" else "array" if self.index else "string"


def is_result_reference(expression: str, *origins: str) -> bool:
    """Tell whether an expression looks like a reference to a result of `tasks` or `finally` tasks, or as told."""
    parts = expression.split(".")
    return len(parts) >= _LEAST and parts[0] in (origins or ("tasks", "finally")) and parts[2] == "results"


def result_reference(expression: str, *origins: str) -> ResultReference | None:
    """Read a reference to a result, None where it is none or has too many parts."""
    parts = expression.split(".")
    if not is_result_reference(expression, *origins) or len(parts) > _MOST:
        return None
    if len(parts) == _PLAIN:
        return ResultReference(parts[1], without_index(parts[3]), index_of(parts[3]))
    return ResultReference(parts[1], parts[3], key=parts[4])


def result_references(expressions: list[str], *origins: str) -> list[ResultReference]:
    """Read the references to results among expressions."""
    found = [result_reference(expression, *origins) for expression in expressions]
    return [reference for reference in found if reference is not None]
