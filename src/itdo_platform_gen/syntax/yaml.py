"""The only door to ruamel.yaml: text to events, and data to text in the house style."""

from __future__ import annotations

import re
from io import StringIO
from sys import maxsize
from typing import TYPE_CHECKING, Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.representer import RoundTripRepresenter

from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.mark import Mark, Text
from itdo_platform_gen.syntax.scalar import float_text, may_stand_literal, may_stand_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from itdo_platform_gen.diagnostics import Diagnostic

T = TypeVar("T")


def events(text: Text, *, newer: bool = False) -> Iterator[Any]:
    """Give libyaml's parse events of a text, without the stream's own.

    With `newer` they are those of ruamel.yaml's own parser: it takes `[a:b]`, as YAML 1.2 does and libyaml does not.
    Raises DiagnosticsError where the text is not YAML.
    """
    try:
        yield from YAML(typ="safe", pure=newer).parse(text.content)
    except MarkedYAMLError as error:
        raise DiagnosticsError([_syntax_error(text, error)]) from None
    except (YAMLError, UnicodeEncodeError) as error:
        # The reader's errors (control characters, lone surrogates) carry a position, but no mark.
        raise DiagnosticsError([_reader_error(text, error)]) from None


def take_events(text: Text, take: Callable[[Callable[[], Any]], T]) -> T:
    """Give what `take` makes of libyaml's events, the stream's own among them, with nothing between it and them.

    It gets a function that gives the next event, and None after the last. Raises DiagnosticsError, without saying much,
    where the text is not YAML.
    """
    parser = CParser(text.content)
    try:
        return take(parser.get_event)
    except (YAMLError, UnicodeEncodeError) as error:
        raise DiagnosticsError([_reader_error(text, error)]) from None
    finally:
        parser.dispose()


def dump(data: object) -> str:
    """Write one document in the house style: block style, no aliases, no folding, quotes where any reader needs them.

    This is the reference for the faster `render.emit`. Mappings keep their order.
    """
    if not isinstance(data, dict | list):  # alone, a literal block would not be indented, as YAML 1.1 demands
        return dump({"k": data}).removeprefix("k: ")
    writer = YAML()
    writer.Emitter = _OneLineKeys
    writer.Representer = _HouseStyle
    writer.width = maxsize
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    writer.dump(data, stream)
    return stream.getvalue()


class _OneLineKeys(Emitter):
    """Writes every key as `key:`, never as `? key`."""

    def check_simple_key(self) -> bool:
        return True


class _HouseStyle(RoundTripRepresenter):
    """Represents plain data so that readers of YAML 1.1 and of 1.2 get the same back."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  the signature is ruamel.yaml's
        return True

    def text(self, data: str) -> Any:
        style = None if may_stand_plain(data) else "|" if may_stand_literal(data) else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    def nothing(self, data: None) -> Any:  # noqa: ARG002
        return self.represent_scalar("tag:yaml.org,2002:null", "null")

    def decimal(self, data: float) -> Any:
        return self.represent_scalar("tag:yaml.org,2002:float", float_text(data))


_HouseStyle.add_representer(str, _HouseStyle.text)
_HouseStyle.add_representer(type(None), _HouseStyle.nothing)
_HouseStyle.add_representer(float, _HouseStyle.decimal)


def _syntax_error(text: Text, error: MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = (error.problem or "not YAML").strip()
    line, column, index = (mark.line, mark.column, mark.index) if mark else (0, 0, 0)
    written = text.line(line)
    message = f"not valid YAML: {problem}"
    if error.context and error.context_mark and error.context_mark.line != line:
        message += f" ({error.context} that starts at line {error.context_mark.line + 1})"
    hint = None
    if "\t" in written[: column + 1]:
        hint = "indent with spaces, not tabs"
    elif "${{" in written or "${{" in text.line(max(line - 1, 0)):
        hint = 'quote a key or scalar that holds ": ", " #" or, in a flow list or mapping, any hole: "${{ … }}"'
    elif "mapping values are not allowed" in problem:
        hint = 'quote text that holds ": "'
    elif "found unexpected ':'" in problem:
        hint = "quote text that holds a colon in a flow list or mapping"
    elif "character escape code" in problem:
        hint = "write the character itself; JSON's pairs of \\u are none in YAML"
    elif "cannot start any token" in problem:
        hint = "quote text that starts with this character"
    return Mark(text, line, column, index, index + 1).diagnose("YAML001", message, hint=hint)


def _reader_error(text: Text, error: Exception) -> Diagnostic:
    # What a YAML stream may not hold (https://yaml.org/spec/1.2.2/#51-character-set).
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text.content)
    if found:
        mark = Mark(text, 0, 0, 0, 0).within(found.start(), 1)
        message = f"not valid YAML: character U+{ord(found[0]):04X} is not allowed"
        return mark.diagnose("YAML001", message, hint="write it as an escape inside double quotes")
    return Mark(text, 0, 0, 0, 0).diagnose("YAML001", f"not valid YAML: {str(error).splitlines()[0]}")
