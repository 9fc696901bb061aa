"""Render: a blueprint and values become a bundle. Pure: nothing is read or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.frame import FAILED, Frame
from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.diagnostics import Diagnostic, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.bundle import Bundle, File
from itdo_platform_gen.render.document import Document, TemplateOrigins
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.syntax.evaluation import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from itdo_platform_gen.blueprint.blueprint import Blueprint, DocumentTemplate, Manifest
    from itdo_platform_gen.blueprint.template import Template
    from itdo_platform_gen.blueprint.values import Values

_YAML = (".yaml", ".yml")


def render_files(blueprint: Blueprint, values: Values) -> Bundle:
    """Render every manifest and all content of a blueprint; the documents are not checked yet.

    Raises DiagnosticsError with everything that could not be evaluated.
    """
    frame = Frame.of(values)
    derived = dict(blueprint.derived)
    files: dict[str, File] = {}
    for manifest in blueprint.manifests:
        for turn in _turns(manifest, frame):
            path = _path(manifest, turn, files)
            documents = _rendered(manifest.documents, turn, path, derived)
            if documents and path:
                files[path] = _file(documents, path, turn)
    if blueprint.content:
        from itdo_platform_gen.render.content import render_tree  # noqa: PLC0415  most blueprints have none

        for path, file in render_tree(blueprint.content, values.data, frame.problems):
            if path in files:
                message, hint = f'a manifest claims the path "{path}" too', "give each a path of its own"
                frame.problems.append(Diagnostic("BLP008", message, path, hint=hint))
            files[path] = file
    if frame.problems:
        raise DiagnosticsError(in_order(frame.problems))
    return Bundle(files)


def render_entities(blueprint: Blueprint, values: Values, path: str) -> File | None:
    """Render what stands in Backstage's catalog for what a blueprint makes, as one file; None where nothing does.

    Raises DiagnosticsError with everything that could not be evaluated.
    """
    frame = Frame.of(values)
    derived = dict(blueprint.derived)
    documents = [
        document
        for entities in blueprint.entities
        for turn in _turns(entities, frame)
        for document in _rendered(entities.documents, turn, path, derived)
    ]
    content = _content(documents, frame) if documents else ""
    if frame.problems:
        raise DiagnosticsError(in_order(frame.problems))
    return File(content.encode("utf-8", "surrogatepass"), documents=tuple(documents)) if documents else None


def _turns(manifest: Manifest, frame: Frame) -> Iterator[Frame]:
    for turn in manifest.head.turns(frame) if manifest.head else (frame,):
        if manifest.condition is not None:
            holds = turn.evaluate(manifest.condition.expression, manifest.condition.mark)
            if holds is FAILED or not holds:
                continue
        yield turn


def _path(manifest: Manifest, frame: Frame, taken: dict[str, File]) -> str:
    path = manifest.path.evaluate(frame, None, ())
    if path is FAILED:
        return ""
    if not isinstance(path, str):
        _fail(manifest, frame, "BLP006", "a path must be a string")
        return ""
    fault = path_fault(path)
    if fault is not None:
        _fail(manifest, frame, "BLP006", *fault)
    elif path in taken:
        message = f'two documents claim the path "{path}"'
        _fail(manifest, frame, "BLP008", message, "give each a path of its own")
    elif any(other.startswith(f"{path}/") or path.startswith(f"{other}/") for other in taken):
        _fail(manifest, frame, "BLP008", f'path "{path}" is a file and a folder')
    return path


def _fail(manifest: Manifest, frame: Frame, code: str, message: str, hint: str | None = None) -> None:
    """Note a problem with a path, with the places of the values it took in."""
    mark, related = TemplateOrigins(manifest.path, frame, {}).locate((), at_key=False)
    frame.problems.append(mark.diagnose(code, message, hint=hint, related=related))


def _rendered(
    templates: Iterable[DocumentTemplate], frame: Frame, path: str, derived: Mapping[str, Template]
) -> list[Document]:
    documents = []
    for template in templates:
        data = template.body.evaluate(frame, None, ())
        # A document whose every part is left out is left out itself.
        if data is FAILED or data in ({}, [], None):
            continue
        origins = TemplateOrigins(template.body, frame, derived)
        documents.append(Document(data, path, origins, template.comment))
    return documents


def _file(documents: list[Document], path: str, frame: Frame) -> File:
    data = documents[0].data
    if len(documents) == 1 and isinstance(data, str) and not path.endswith(_YAML):
        # A text is no document: there is nothing in it to check.
        return File((data.removesuffix("\n") + "\n").encode("utf-8", "surrogatepass"))
    return File(_content(documents, frame).encode("utf-8", "surrogatepass"), documents=tuple(documents))


def _content(documents: list[Document], frame: Frame) -> str:
    try:
        return "---\n".join(emit(document.data, document.comment) for document in documents)
    except EvaluationError as error:
        mark, _ = documents[0].origins.locate((), at_key=False)
        frame.fail(mark, "EXPR003", error.message)
        return ""
