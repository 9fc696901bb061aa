"""Values: what every template sees as `values`, and where each of them was given."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.node import Mapping, Sequence, mark_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node, Path


@dataclass(frozen=True, slots=True)
class Given:
    """Values from one source: plain data, and the node it was read from, if it was read."""

    data: dict[str, object]
    node: Node | None = None

    def mark_of(self, path: Path, *, at_key: bool = False) -> Mark | None:
        """Give the place of a value, None where this source has none there."""
        if self.node is None or not _has(self.data, path):
            return None
        return mark_at(self.node, path, at_key=at_key)


def taken(data: AnyMapping[str, object]) -> Given:
    """Take values from Python: any mapping and any tuple counts, and what is given stays as it was."""
    plain = _plain(data)
    assert isinstance(plain, dict)  # noqa: S101  a mapping gives one
    return Given(plain)


def _plain(value: object) -> object:
    if isinstance(value, AnyMapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def given(node: Node, problems: list[Diagnostic]) -> Given:
    """Take values from a YAML document, which must be a mapping."""
    if not isinstance(node, Mapping):
        kind = "a list" if isinstance(node, Sequence) else "a scalar"
        problems.append(node.mark.diagnose("VAL004", f"values must be a mapping, got {kind}"))
        return Given({})
    data = to_data(node, problems)
    assert isinstance(data, dict)  # noqa: S101  a mapping's data is one
    return Given(data, node)


def merged(sources: Iterable[Given]) -> dict[str, object]:
    """Merge sources, a later one's values before an earlier one's: mappings key by key, everything else as a whole."""
    data: dict[str, object] = {}
    for source in sources:
        data = _merge(data, source.data)
    return data


def _merge(base: AnyMapping[str, object], over: AnyMapping[str, object]) -> dict[str, object]:
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


@dataclass(frozen=True, slots=True)
class Values:
    """Validated parameters and derived values as plain data, and where they come from."""

    data: dict[str, object]
    sources: tuple[Given, ...] = ()
    defaults: AnyMapping[Path, Mark] = field(default_factory=dict)
    derived: AnyMapping[str, Mark] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings about what was given."""

    def mark_of(self, path: Path, *, at_key: bool = False) -> Mark | None:
        """Give the place where a value was given, defaulted or derived; None for what came from Python."""
        if path and path[0] in self.derived:
            return self.derived[str(path[0])]
        for source in reversed(self.sources):
            mark = source.mark_of(path, at_key=at_key)
            if mark is not None:
                return mark
            if _decides(source.data, path):
                if _has(source.data, path):
                    return None
                break
        for length in range(len(path), 0, -1):
            if path[:length] in self.defaults:
                return self.defaults[path[:length]]
        return self.mark_of(path[:-1]) if len(path) > 1 else None


def _decides(data: object, path: Path) -> bool:
    """Tell whether a source leaves nothing at the path to those before it: only mappings merge."""
    for part in path:
        if not isinstance(data, dict):
            return True
        if part not in data:
            return False
        data = data[part]
    return not isinstance(data, dict)


def _has(data: object, path: Path) -> bool:
    for part in path:
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            item: object = data[part]
            data = item
        else:
            return False
    return True
