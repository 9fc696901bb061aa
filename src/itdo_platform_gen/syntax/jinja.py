"""The only door to Jinja2: expressions become its syntax tree, and its filters and tests can be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.filters import FILTERS as _JINJA_FILTERS
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS as _JINJA_TESTS

from itdo_platform_gen.syntax.data import describe
from itdo_platform_gen.syntax.evaluation import EvaluationError, MissingError
from itdo_platform_gen.syntax.filters import FILTERS as _OWN_FILTERS
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FILTERS", "TESTS", "apply_filter", "apply_test", "item_of", "nodes", "parse"]

_TAKEN_FILTERS = (
    "abs batch default dictsort first groupby last length list map max min "
    "rejectattr reverse selectattr sort sum unique"
)
_TAKEN_TESTS = (
    "boolean defined divisibleby eq even float ge gt in integer le lt mapping ne none number odd sequence string"
)


class _Environment(SandboxedEnvironment):
    """Reaches keys of mappings and items of lists, and nothing else: no attribute of any Python object."""

    def getitem(self, obj: Any, argument: Any) -> Any:
        return item_of(obj, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        return item_of(obj, attribute)


def item_of(holder: object, key: object) -> object:
    """Give a key of a mapping or an item of a list.

    Raises MissingError where it is not there, EvaluationError where the holder is neither.
    """
    if isinstance(holder, dict):
        try:
            return holder[key]
        except (KeyError, TypeError):
            raise MissingError(f'no "{key}" there', suggest(str(key), map(str, holder))) from None
    if isinstance(holder, list) and isinstance(key, int) and not isinstance(key, bool):
        try:
            return holder[key]
        except IndexError:
            raise MissingError(f"no item {key} in a list of {len(holder)}") from None
    raise EvaluationError(f'{describe(holder)} has no "{key}"')


_ENVIRONMENT = _Environment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.filters = {name: _JINJA_FILTERS[name] for name in _TAKEN_FILTERS.split()} | _OWN_FILTERS
_ENVIRONMENT.tests = {name: _JINJA_TESTS[name] for name in _TAKEN_TESTS.split()}
_ENVIRONMENT.globals = {}
_CONTEXT = _ENVIRONMENT.from_string("").new_context()

FILTERS: frozenset[str] = frozenset(_ENVIRONMENT.filters)
TESTS: frozenset[str] = frozenset(_ENVIRONMENT.tests)


def parse(text: str) -> nodes.Expr:
    """Parse one expression.

    Raises EvaluationError where it is not one.
    """
    try:
        parser = Parser(_ENVIRONMENT, text, state="variable")
        expression: nodes.Expr = parser.parse_expression()
        if not parser.stream.eos:
            raise EvaluationError(f'unexpected "{parser.stream.current.value}" behind the expression')
    except TemplateSyntaxError as error:
        raise EvaluationError((error.message or "not an expression").rstrip(".")) from None
    except RecursionError:
        raise EvaluationError("nested too deep") from None
    return expression


def apply_filter(name: str, value: object, arguments: Sequence[object], named: dict[str, object]) -> object:
    """Apply a filter, with a list where Jinja2 gives an iterator or a tuple.

    Raises EvaluationError where it cannot be applied.
    """
    try:
        result = _ENVIRONMENT.call_filter(name, value, arguments, named, context=_CONTEXT)
        if isinstance(result, StrictUndefined):
            raise MissingError(f"{name}: the list is empty")
        if isinstance(result, (str, int, float, dict)) or result is None:
            return result
        items = result if isinstance(result, list) else list(result)
        return [list(item) if isinstance(item, tuple) else item for item in items]
    except EvaluationError:
        raise
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise EvaluationError(f"filter {name}: {error}") from None


def apply_test(name: str, value: object, arguments: Sequence[object]) -> bool:
    """Apply a test.

    Raises EvaluationError where it cannot be applied.
    """
    try:
        return bool(_ENVIRONMENT.call_test(name, value, list(arguments), {}, context=_CONTEXT))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise EvaluationError(f"test {name}: {error}") from None
