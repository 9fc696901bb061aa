"""The only door to Jinja2: expressions become its syntax tree, and its filters and tests can be called."""

from __future__ import annotations

import math
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_environment
from jinja2.filters import FILTERS as _JINJA_FILTERS
from jinja2.lexer import Lexer
from jinja2.parser import Parser
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS as _JINJA_TESTS

from itdo_platform_gen.syntax.data import show
from itdo_platform_gen.syntax.evaluation import LARGEST_DATA, EvaluationError, MissingError, bounded, item_of
from itdo_platform_gen.syntax.filters import FILTERS as _OWN_FILTERS
from itdo_platform_gen.syntax.filters import TESTS as _OWN_TESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jinja2 import Environment, Template

__all__ = [
    "CONTENT_FILTERS",
    "CONTENT_TESTS",
    "FILTERS",
    "TESTS",
    "ContentError",
    "apply_filter",
    "apply_test",
    "compile_content",
    "content_tokens",
    "nodes",
    "parse",
    "parse_content",
]

_TAKEN_FILTERS = (
    "abs default dictsort first groupby last length list map max min rejectattr reverse selectattr sort sum unique"
)
_TAKEN_TESTS = "boolean defined float ge gt in integer le lt mapping none number sequence string"


class _Absent(StrictUndefined):
    """A key that an item lacks: not defined and not true; using it in any other way raises MissingError."""

    __slots__ = ("error",)

    def __init__(self, error: MissingError) -> None:
        super().__init__(error.message, exc=lambda _: error)  # type: ignore[arg-type]
        self.error = error

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class _Environment(SandboxedEnvironment):
    """Reaches keys of mappings and items of lists, and nothing else: no attribute of any Python object."""

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, _Absent):
            return obj
        try:
            return item_of(obj, argument)
        except MissingError as error:
            return _Absent(error)

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def call_filter(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Apply a filter, which `map` does as well, with a list where Jinja2 gives an iterator or a tuple."""
        result = super().call_filter(name, *arguments, **options)
        if isinstance(result, StrictUndefined):
            raise MissingError(f"{name}: the list is empty")
        return result if isinstance(result, str | int | float | dict) or result is None else _collected(result)


def _collected(items: Iterable[Any]) -> list[Any]:
    result: list[Any] = []
    length = 0
    for item in items:
        plain = list(item) if isinstance(item, tuple) else item
        for part in plain if isinstance(item, tuple) else (plain,):
            if isinstance(part, _Absent):
                raise part.error
        length += len(plain) if isinstance(plain, str) else 0
        bounded(length)
        result.append(plain)
        if len(result) > LARGEST_DATA:
            raise EvaluationError(f"the data would have more than {LARGEST_DATA:,} values")
    return result


@pass_environment
def _sum(environment: _Environment, value: Any, attribute: str | None = None, start: object = 0) -> object:
    """Add numbers; Jinja2 would add lists too, which takes the square of their length."""
    if not isinstance(start, int | float):
        raise EvaluationError(f"sum starts from a number, got {show(start)}")
    return _JINJA_FILTERS["sum"](environment, value, attribute, start)


_ENVIRONMENT = _Environment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.filters = {name: _JINJA_FILTERS[name] for name in _TAKEN_FILTERS.split()} | _OWN_FILTERS | {"sum": _sum}
_ENVIRONMENT.tests = {name: _JINJA_TESTS[name] for name in _TAKEN_TESTS.split()} | _OWN_TESTS
_ENVIRONMENT.globals = {}
_CONTEXT = _ENVIRONMENT.from_string("").new_context()

FILTERS: frozenset[str] = frozenset(_ENVIRONMENT.filters)
TESTS: frozenset[str] = frozenset(_ENVIRONMENT.tests)


# What most holes are: names with dots between them, of which the first is no word of the language.
_LOOKUP = re.compile(
    r"(?!(?:and|else|false|if|in|is|none|not|or|true)(?!\w))[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII | re.IGNORECASE
)


def parse(text: str) -> nodes.Expr:
    """Parse one expression.

    Raises EvaluationError where it is not one.
    """
    if _LOOKUP.fullmatch(text):
        name, *attributes = text.split(".")
        tree: nodes.Expr = nodes.Name(name, "load")
        for attribute in attributes:
            tree = nodes.Getattr(tree, attribute, "load")
        return tree
    try:
        parser = Parser(_ENVIRONMENT, text, state="variable")
        expression: nodes.Expr = parser.parse_expression()
        if not parser.stream.eos:
            raise EvaluationError(f'unexpected "{parser.stream.current.value}" behind the expression')
    except TemplateSyntaxError as error:
        said = (error.message or "not an expression").rstrip(".")
        raise EvaluationError(re.sub("'?end of template'?", "end of the expression", said)) from None
    except ValueError:  # Python reads no integer of more than 4300 digits
        raise EvaluationError("the number is too large") from None
    except RecursionError:
        raise EvaluationError("nested too deep") from None
    return expression


def apply_filter(name: str, value: object, arguments: Sequence[object], named: dict[str, object]) -> object:
    """Apply a filter.

    Raises EvaluationError where it cannot be applied.
    """
    try:
        result: object = _ENVIRONMENT.call_filter(name, value, arguments, named, context=_CONTEXT)
    except EvaluationError:
        raise
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise EvaluationError(f"filter {name}: {_said(error)}") from None
    if isinstance(result, float) and not math.isfinite(result):
        raise EvaluationError("the number is too large")
    return result


def apply_test(name: str, value: object, arguments: Sequence[object]) -> bool:
    """Apply a test.

    Raises EvaluationError where it cannot be applied.
    """
    try:
        return bool(_ENVIRONMENT.call_test(name, value, list(arguments), {}, context=_CONTEXT))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise EvaluationError(f"test {name}: {_said(error)}") from None


class ContentError(Exception):
    """A text template that cannot be parsed or rendered: `message` says why, `line` where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        """Take what a diagnostic needs."""
        super().__init__(message)
        self.message = message
        self.line = line


class _Lexer(Lexer):
    """Keeps the tokens of the last text: it is parsed, and what was written is looked at."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._last: tuple[str, list[tuple[int, str, str]]] = ("", [])

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        if source != self._last[0] or state is not None:
            self._last = (source, list(super().tokeniter(source, name, filename, state)))
        return iter(self._last[1])


class _ContentEnvironment(_Environment):
    """Renders text as Copier and Backstage do, within what both agree on."""

    @cached_property
    def lexer(self) -> Lexer:
        return _Lexer(self)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, str) and attribute == "split":
            return obj.split
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


LOOP_FIELDS = ("index", "index0", "first", "last", "length")
_PORTABLE_FILTERS = (
    "batch capitalize center default dictsort first float groupby int join last length lower replace reverse "
    "selectattr sort string sum trim upper wordcount"
)
CONTENT_FILTERS = frozenset(_PORTABLE_FILTERS.split())
CONTENT_TESTS = frozenset({"defined", "mapping", "none", "number", "string"})
_CONTENT = _ContentEnvironment(
    variable_start_string="${{",
    variable_end_string="}}",
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
    autoescape=False,
)
_CONTENT.filters = {name: _JINJA_FILTERS[name] for name in CONTENT_FILTERS}
_CONTENT.tests = {name: _JINJA_TESTS[name] for name in CONTENT_TESTS}
_CONTENT.globals = {"range": _CONTENT.globals["range"]}


def parse_content(text: str) -> nodes.Template:
    """Parse a text template.

    Raises ContentError where it is none.
    """
    try:
        return _CONTENT.parse(text)
    except TemplateSyntaxError as error:
        raise ContentError((error.message or "no template").rstrip("."), error.lineno) from None
    except RecursionError:
        raise ContentError("nested too deep", 1) from None


def content_tokens(text: str) -> list[tuple[int, str, str]]:
    """Give the tokens of a text template: line, sort and how it is written."""
    return list(_CONTENT.lex(text))


def compile_content(tree: nodes.Template) -> Callable[[Mapping[str, object]], str]:
    """Make of a text template that was parsed what renders it for names; it is compiled when it is first used.

    That raises ContentError where an expression has no value.
    """
    compiled: list[Template] = []

    def render(names: Mapping[str, object]) -> str:
        try:
            if not compiled:
                compiled.append(_CONTENT.from_string(tree))
            parts, length = [], 0
            for part in compiled[0].generate(names):
                length += len(part)
                bounded(length)
                parts.append(part)
            return "".join(parts)
        except EvaluationError as error:
            raise ContentError(error.message, _line(error)) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise ContentError(_said(error), _line(error)) from None
        except RecursionError:
            raise ContentError("nested too deep", 1) from None

    return render


def _line(error: Exception) -> int:
    """Give the line of a template that an error comes from."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _said(error: Exception) -> str:
    """Give the words of an error without the name of a Python function, which the author of a template cannot know."""
    return re.sub(r"^[\w.<>]+\(\) ", "", str(error)).rstrip(".")
