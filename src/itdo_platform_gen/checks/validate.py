"""Validate: YAML texts that were not rendered here, read as Kubernetes reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from itdo_platform_gen.checks.appconfig.file import is_app_config, is_app_config_name
from itdo_platform_gen.checks.check import check
from itdo_platform_gen.checks.foreign import instead_of, may_be_template, template_in
from itdo_platform_gen.checks.group import ENTITY_GROUPS
from itdo_platform_gen.checks.settings import Settings
from itdo_platform_gen.checks.targets import merged
from itdo_platform_gen.checks.world import World
from itdo_platform_gen.diagnostics import Diagnostic, Related, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.render.document import Document, NodeOrigins
from itdo_platform_gen.schema.store import Schemas, kubernetes_versions
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.node import Mapping, Scalar, mark_at
from itdo_platform_gen.syntax.node import Sequence as Items
from itdo_platform_gen.syntax.quick import Later, read_quickly
from itdo_platform_gen.syntax.scalar import resolve, resolve_as_kubernetes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from itdo_platform_gen.checks.files import Files
    from itdo_platform_gen.render.document import Origins
    from itdo_platform_gen.syntax.compose import Parsed
    from itdo_platform_gen.syntax.mark import Mark, Text
    from itdo_platform_gen.syntax.node import Node, Path


# The data of the documents of a text, each with the comment before it; None where it has to be read thoroughly.
_Quick: TypeAlias = list[tuple[object, str]] | None

_SOURCE = re.compile(r"^# Source: (\S+)$", re.MULTILINE)
_ENTITY = re.compile(r"""apiVersion["']?\s*:\s*["']?(?:scaffolder\.)?backstage\.io/""")


@dataclass(frozen=True, slots=True)
class Validation:
    """What came of checking texts: their documents, what is wrong in order of place, how many findings are off."""

    documents: list[Document]
    diagnostics: list[Diagnostic]
    turned_off: int = 0


def read_documents(text: Text, problems: list[Diagnostic]) -> list[Document]:
    """Read every document of a text; a document that cannot be read is added to the problems."""
    try:
        parsed = _parsed(text)
    except DiagnosticsError as error:
        problems += [instead_of(problem, text) for problem in error.diagnostics]
        return []
    documents = []
    for document in parsed:
        entity = _is_entity(document.node)
        template = None if entity else template_in(document.node, text)
        if template is not None:
            problems.append(template)
            return []
        faults: list[Diagnostic] = []
        reading = resolve if entity or is_app_config_name(text.name) else resolve_as_kubernetes  # Backstage: YAML 1.2
        data = to_data(document.node, faults, resolve=reading, any_key=True)
        problems += faults
        if not faults and data is not None:
            whole = Document(data, text.name, _origins(document), document.comment)
            documents += _unpacked(whole, document.node)
    return documents


def _parsed(text: Text) -> list[Parsed]:
    """Parse a text; one of Backstage's may hold what only YAML 1.2 takes, such as `[component:orders]`."""
    try:
        return compose(text)
    except DiagnosticsError:
        if not (_ENTITY.search(text.content) or is_app_config_name(text.name)):
            raise
        return compose(text, newer=True)


def _is_entity(node: Node) -> bool:
    version = node.get("apiVersion") if isinstance(node, Mapping) else None
    return isinstance(version, Scalar) and version.value.rpartition("/")[0] in ENTITY_GROUPS


def _read(text: Text, quick: _Quick, problems: list[Diagnostic]) -> list[Document]:
    """Give every document of a text, without composing its nodes where that is not needed."""
    if quick is None:
        return read_documents(text, problems)
    later = Later(text)
    documents = []
    for index, (data, comment) in enumerate(quick):
        document = Document(data, text.name, LaterOrigins(later, index), comment)
        if document.kind.endswith("List") or _SOURCE.search(comment):
            return read_documents(text, problems)
        if data is not None:
            documents.append(document)
    return documents


def _quickly(texts: Sequence[Text]) -> list[_Quick]:
    return [None if _is_read_thoroughly(text) else read_quickly(text) for text in texts]


def _is_read_thoroughly(text: Text) -> bool:
    return may_be_template(text) or is_app_config_name(text.name) or _ENTITY.search(text.content) is not None


def _quickly_side_by_side(texts: list[Text], processes: int) -> Iterable[_Quick]:
    from itdo_platform_gen.processes import side_by_side  # noqa: PLC0415  most runs are too short to share

    return chain.from_iterable(side_by_side([partial(_quickly, part) for part in _parts(texts, processes)]))


def _parts(texts: list[Text], number: int) -> list[list[Text]]:
    """Part texts, in order, into lists of about the same size."""
    whole, reached = sum(len(text.content) for text in texts), 0
    parts: list[list[Text]] = [[] for _ in range(number)]
    for text in texts:
        parts[min(reached * number // (whole or 1), number - 1)].append(text)
        reached += len(text.content)
    return parts


@dataclass(frozen=True, slots=True)
class LaterOrigins:
    """The origins of a document that was read quickly."""

    text: Later
    index: int

    def locate(self, path: Path, *, at_key: bool) -> tuple[Mark, tuple[Related, ...]]:
        """Give the mark of a part, composing the text if nobody has asked before."""
        return mark_at(self.text.node(self.index), path, at_key=at_key), ()


def _origins(document: Parsed) -> Origins:
    source = _SOURCE.search(document.comment)
    return SourceOrigins(document.node, source[1]) if source else NodeOrigins(document.node)


@dataclass(frozen=True, slots=True)
class SourceOrigins:
    """The origins of a document that Helm rendered, which says from which template."""

    node: Node
    source: str

    def locate(self, path: Path, *, at_key: bool) -> tuple[Mark, tuple[Related, ...]]:
        """Give the mark of a part, and the template as a second place."""
        return mark_at(self.node, path, at_key=at_key), (Related(self.source, None, None, "rendered from"),)


def _unpacked(document: Document, node: Node) -> list[Document]:
    """Give the items of a list of resources, such as `kubectl get -o yaml` prints; else the document.

    `List` is a kind that only clients know. The items of a `PodList` are Pods, whether they say so or not.
    """
    items = node.get("items") if isinstance(node, Mapping) else None
    if not document.kind.endswith("List") or document.name or not isinstance(items, Items):
        return [document]
    data: Any = document.data
    nature = {"apiVersion": document.api_version, "kind": document.kind.removesuffix("List")}
    if nature["kind"] == "" and document.api_version != "v1":
        return [document]
    said = nature if nature["kind"] else {}
    pairs = zip(data["items"], items.items, strict=True)
    return [
        Document({**said, **item} if said and isinstance(item, dict) else item, document.file, NodeOrigins(inner))
        for item, inner in pairs
    ]


class _Read:
    """A text, its documents, and what keeps some of them from being read."""

    def __init__(self, text: Text, quick: _Quick) -> None:
        self.text = text
        self.problems: list[Diagnostic] = []
        self.documents = _read(text, quick, self.problems)


def _without_skeletons(found: list[_Read]) -> list[_Read]:
    """Leave out the files that a software template renders, which are no documents before."""
    named = [document for one in found for document in one.documents if document.kind == "Template"]
    if not named:
        return found
    from itdo_platform_gen.checks.entities.skeletons import is_skeleton  # noqa: PLC0415  few runs see a template
    from itdo_platform_gen.checks.entities.template import template_of  # noqa: PLC0415

    templates = [template for template in map(template_of, named) if template is not None]
    return [one for one in found if not is_skeleton(one.text.name, templates)]


def validate(
    texts: Iterable[Text], *, kubernetes: str | None = None, files: Files | None = None
) -> tuple[list[Document], list[Diagnostic]]:
    """Check the documents of several texts together; gives them and what is wrong, in order of place.

    `kubernetes` is the minor version to check for, by default the latest; `files` are those that lie around the texts.

    Raises UnknownTargetError for a version we do not know.
    """
    found = examine(texts, (kubernetes or kubernetes_versions()[-1],), files=files)
    return found.documents, found.diagnostics


def examine(  # noqa: PLR0913  each has a use of its own
    texts: Iterable[Text],
    versions: Collection[str],
    *,
    settings: Settings | None = None,
    each: bool = False,
    walked: Collection[str] = (),
    processes: int = 1,
    files: Files | None = None,
) -> Validation:
    """Check texts for one or several versions of Kubernetes, oldest first.

    With `each` every text is a world of its own, and refers to nothing in the others. `walked` names the texts that
    nobody asked for one by one: what is no resource there is told of and not refused. More than one of `processes`
    share the work where there is much to do; what is found is the same. `files` are those that lie around the texts.

    Raises UnknownTargetError for a version we do not know.
    """
    folders = settings.schemas if settings else ()
    schemas = {version: Schemas(version, folders) for version in versions}
    problems: list[Diagnostic] = []
    worlds: list[list[Document]] = []
    texts = list(texts)
    read = _quickly(texts) if processes == 1 else _quickly_side_by_side(texts, processes)
    found = [_Read(text, quick) for text, quick in zip(texts, read, strict=True)]
    for one in _without_skeletons(found):
        documents = one.documents
        problems += one.problems
        if one.text.name in walked:
            problems += [_no_resource(document) for document in documents if not _is_ours(document)]
            documents = [document for document in documents if _is_ours(document)]
        if each or not worlds:
            worlds.append([])
        worlds[-1] += documents
    turned_off = 0
    for documents in worlds:
        faults, off = _judged(documents, schemas, settings or Settings(), 1 if each else processes, files)
        problems += faults
        turned_off += off
    return Validation([document for world in worlds for document in world], in_order(problems), turned_off)


def _judged(
    documents: list[Document],
    schemas: dict[str, Schemas],
    settings: Settings,
    processes: int,
    files: Files | None,
) -> tuple[list[Diagnostic], int]:
    found = {}
    turned_off = 0
    for version, known in schemas.items():
        world = World(documents, version, settings.pod_security, settings.external, files=files)
        verdict = check(world, known, resources_only=True, settings=settings, processes=processes)
        found[version] = verdict.diagnostics
        turned_off = max(turned_off, verdict.turned_off)
    return merged(found), turned_off


def _is_ours(document: Document) -> bool:
    """Tell whether a document is one that can be checked: a resource or an app-config."""
    if is_app_config(document):
        return True
    data = document.data
    if not isinstance(data, dict):
        return False
    chart = document.file.replace("\\", "/").rpartition("/")[2] == "Chart.yaml" and "kind" not in data
    return not chart and ("apiVersion" in data or "kind" in data)


def _no_resource(document: Document) -> Diagnostic:
    message = "no Kubernetes resource, so it was not checked"
    return document.diagnose("K8S005", message, (), effect="advice", severity="notice")
