"""Plain texts: what a document holds that anybody may read who may read the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from itdo_platform_gen.checks.pods import pod_of
from itdo_platform_gen.checks.reading import items, mapping, mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.checks.pods import Pod
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.node import Path

_FLAG = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)
_SETTING = re.compile(r"""^\s*["']?([\w.-]{1,80})["']?\s*[:=]\s*["']?([^\s"'#,;(){}\[\]<>]{4,200})["']?\s*,?\s*$""")
# What kubectl keeps of what was applied: the rest of the document once more.
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


class PlainText(NamedTuple):
    """A text, where it stands, and the name it is given there, empty where it has none."""

    path: Path
    name: str
    text: str
    whole: bool = True
    """Whether it is all that stands there, and not one line of it."""


def plain_texts(document: Document) -> Iterator[PlainText]:
    """Give the plain texts of a document: environment, arguments, annotations, and the data of a ConfigMap."""
    yield from _annotations((), document.data)
    if document.kind == "ConfigMap":
        for key, value in mapping(document.data, "data").items():
            if isinstance(value, str):
                yield from _content(("data", key), str(key), value)
    pod = pod_of(document)
    if pod is not None:
        if pod.path:
            yield from _annotations(pod.path, {"metadata": pod.metadata})
        yield from _pod(pod)


def _pod(pod: Pod) -> Iterator[PlainText]:
    for path, container in pod.containers():
        for index, variable in mappings(container, "env"):
            name, value = variable.get("name"), variable.get("value")
            if isinstance(name, str) and isinstance(value, str):
                yield PlainText((*path, "env", index, "value"), name, value)
        for part in ("command", "args"):
            yield from _arguments((*path, part), items(container, part))


def _arguments(path: Path, arguments: list[object]) -> Iterator[PlainText]:
    """Give the arguments, by the name of their flag: `--token=x` and `--token x`."""
    flag = ""
    for index, argument in enumerate(arguments):
        if not isinstance(argument, str):
            continue
        match = _FLAG.fullmatch(argument)
        if match is None:
            yield PlainText((*path, index), flag, argument)
        elif match[2] is not None:
            yield PlainText((*path, index), match[1], match[2])
        flag = match[1] if match and match[2] is None else ""


def _annotations(path: Path, holder: object) -> Iterator[PlainText]:
    for key, value in mapping(holder, "metadata", "annotations").items():
        if isinstance(value, str) and key != _APPLIED:
            yield PlainText((*path, "metadata", "annotations", key), str(key).rpartition("/")[2], value)


def _content(path: Path, name: str, value: str) -> Iterator[PlainText]:
    if "\n" not in value.strip():
        yield PlainText(path, name, value.strip())
        return
    yield PlainText(path, "", value)
    for line in value.splitlines():
        match = _SETTING.match(line) if len(line) <= 300 else None  # noqa: PLR2004  no setting is longer
        if match:
            yield PlainText(path, match[1], match[2], whole=False)
