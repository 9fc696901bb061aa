"""Platform: a platform file, read, and everything it renders."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.catalog import Catalog
from itdo_platform_gen.blueprint.compiler import Compiler
from itdo_platform_gen.blueprint.frame import Frame
from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.blueprint.scope import ANY, Scope
from itdo_platform_gen.blueprint.values import Given, given
from itdo_platform_gen.diagnostics import Diagnostic, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.platform.lock import Provenance
from itdo_platform_gen.platform.rendered import Rendered
from itdo_platform_gen.platform.rendering import check_entities, make, target
from itdo_platform_gen.platform.settings import read_settings
from itdo_platform_gen.render.document import TemplateOrigins
from itdo_platform_gen.render.render import render_entities
from itdo_platform_gen.schema.format import read_format
from itdo_platform_gen.schema.store import kubernetes_versions
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.node import Mapping, Scalar, Sequence, mark_at
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.checks.settings import Settings
    from itdo_platform_gen.syntax.mark import Mark
    from itdo_platform_gen.syntax.node import Node

NAME = "platform.yaml"


@dataclass(frozen=True, slots=True)
class Rendering:
    """One entry of `spec.renderings`: a blueprint's name, the folder to render to, and sources of values."""

    blueprint: str
    to: Scalar
    sources: tuple[Given, ...]
    mark: Mark
    blueprint_mark: Mark


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform file that has been read; nothing of it is rendered yet."""

    file: Path
    name: str
    kubernetes: str | None
    shared: Given
    catalog: Catalog
    renderings: tuple[Rendering, ...]
    settings: Settings
    entities: str | None = None
    """The folder for the entities of Backstage's catalog, where they are written."""
    notices: tuple[Diagnostic, ...] = ()
    """What was noticed in the platform file, which is no error."""

    @property
    def root(self) -> Path:
        """The folder that every path of the platform is relative to."""
        return self.file.parent

    @property
    def lock_file(self) -> Path:
        """Where the lock lies: beside the platform file."""
        return self.file.with_suffix(".lock")

    def render(self) -> Rendered:
        """Render everything.

        Raises DiagnosticsError with what is wrong in any rendering.
        """
        rendered = Rendered()
        problems: list[Diagnostic] = []
        blueprints: dict[str, Blueprint] = {}
        for rendering in self.renderings:
            try:
                name = rendering.blueprint
                if name not in blueprints:
                    blueprints[name] = self.catalog.find(name, rendering.blueprint_mark)
                self._render(rendering, blueprints[name], rendered)
            except DiagnosticsError as error:
                problems += error.diagnostics
        if problems:
            raise DiagnosticsError(in_order(problems))
        rendered.diagnostics.extend([*self.notices, *self._unshared(blueprints.values())])
        told = check_entities(rendered.entities.values(), rendered.files.values(), self.kubernetes, self.settings)
        rendered.diagnostics[:] = dict.fromkeys([*rendered.diagnostics, *told])  # a file's own were told before
        return rendered

    def _unshared(self, blueprints: Iterable[Blueprint]) -> Iterator[Diagnostic]:
        """Warn of each shared value that goes nowhere."""
        declared = frozenset[str]().union(*(blueprint.names() for blueprint in blueprints))
        for name in self.shared.data:
            mark = self.shared.mark_of((name,), at_key=True)
            if name not in declared and mark is not None:
                message, hint = f'no blueprint here declares "{name}"', suggest(name, sorted(declared))
                yield mark.diagnose("PLT008", message, hint=hint, effect="advice", severity="warning")

    def _render(self, rendering: Rendering, blueprint: Blueprint, rendered: Rendered) -> None:
        names = blueprint.names()
        taken = {name: value for name, value in self.shared.data.items() if name in names}
        shared = Given(taken, self.shared.node)
        sources = (shared, *rendering.sources)
        kubernetes = target(blueprint, self.kubernetes, rendering.blueprint_mark)
        values = blueprint.values(sources, rendering.mark)
        to = _folder(rendering.to, Frame.of(values))
        if to in rendered.renderings:
            message, hint = f'two renderings go to "{to}"', "give each a folder of its own"
            raise DiagnosticsError([rendering.to.mark.diagnose("PLT003", message, hint=hint)])
        folder = f"{to}/" if to != "." else ""
        bundle = make(blueprint, values, kubernetes, replace(self.settings, folder=folder))
        digest = hashlib.sha256(json.dumps(values.data, sort_keys=True).encode()).hexdigest()
        provenance = Provenance(blueprint.name, blueprint.version, blueprint.digest, digest, kubernetes)
        rendered.renderings[to] = provenance
        rendered.diagnostics.extend(bundle.diagnostics)
        rendered.turned_off += bundle.turned_off
        files = {folder + path: file for path, file in bundle.items()}
        place = f"{self.entities or 'catalog'}/{to if to != '.' else self.name}.yaml"
        entities = render_entities(blueprint, values, place)
        if entities is not None:
            rendered.entities[place] = entities
            files |= {place: entities} if self.entities else {}
        for path, file in files.items():
            fault = rendered.add(path, file, to, self.lock_file.name)
            if fault is not None:
                raise DiagnosticsError([rendering.to.mark.diagnose("PLT003", fault)])


def _folder(to: Scalar, frame: Frame) -> str:
    """Give the folder of a rendering, whose holes see the rendering's values."""
    template = Compiler(frame.problems).scalar(to, Scope({"values": ANY}))
    folder = template.evaluate(frame, None, ())
    fault: tuple[str, str | None] | None = None
    if isinstance(folder, str):
        folder = folder.removeprefix("./").rstrip("/") or "."
        fault = None if folder == "." else path_fault(folder)
    elif not frame.problems:
        fault = "a folder must be a string", None
    if fault is not None:
        mark, related = TemplateOrigins(template, frame, {}).locate((), at_key=False)
        frame.problems.append(mark.diagnose("PLT004", fault[0], hint=fault[1], related=related))
    if frame.problems:
        raise DiagnosticsError(in_order(frame.problems))
    return str(folder)


def load_platform(file: Path) -> Platform:
    """Read a platform file and the files of values it names.

    Raises DiagnosticsError with everything that is wrong with them.
    """
    documents = compose(read_text(file, shown(file)))
    if len(documents) != 1:
        raise DiagnosticsError([Diagnostic("PLT001", f"expected one document, found {len(documents)}", shown(file))])
    node = documents[0].node
    problems: list[Diagnostic] = []
    data = read_format("platform", "PLT001", node, problems)
    if data is None:
        raise DiagnosticsError(in_order(problems))
    spec: Any = _at(node, "spec")
    shared = given(spec.get("values"), problems) if spec.get("values") is not None else Given({})
    entries = _items(spec.get("renderings"))
    renderings = [rendering for entry in entries for rendering in _renderings(entry, file.parent, problems)]
    folders = [_search(entry, file.parent, problems) for entry in _items(spec.get("blueprints"))]
    kubernetes = data["spec"].get("targets", {}).get("kubernetes")
    if kubernetes not in (None, *kubernetes_versions()):
        message = f"there are no schemas for Kubernetes {kubernetes}"
        hint = f"there is: {', '.join(kubernetes_versions())}"
        problems.append(mark_at(node, ("spec", "targets", "kubernetes")).diagnose("PLT007", message, hint=hint))
    schemas = (file.parent / "schemas", *(_search(e, file.parent, problems) for e in _items(spec.get("schemas"))))
    settings = replace(read_settings(data["spec"], node, problems), schemas=schemas)
    entities = _entities(_at(spec, "entities"), problems)
    if any(problem.is_error for problem in problems):
        raise DiagnosticsError(in_order(problems))
    return Platform(
        file=file,
        name=data["metadata"]["name"],
        kubernetes=kubernetes,
        shared=shared,
        catalog=Catalog.of(folders),
        renderings=tuple(renderings),
        settings=settings,
        entities=entities,
        notices=tuple(problems),
    )


def _entities(folder: Node | None, problems: list[Diagnostic]) -> str | None:
    """Give the folder of the entities, which must lie within the platform's."""
    if not isinstance(folder, Scalar):
        return None
    path = folder.value.removeprefix("./").rstrip("/")
    fault = path_fault(path)
    if fault is not None:
        problems.append(folder.mark.diagnose("PLT004", fault[0], hint=fault[1]))
    return path


def _renderings(entry: Node, root: Path, problems: list[Diagnostic]) -> Iterator[Rendering]:
    assert isinstance(entry, Mapping)  # noqa: S101  the format says so
    blueprint, to, file, each, values = (entry.get(key) for key in ("blueprint", "to", "from", "each", "values"))
    assert isinstance(blueprint, Scalar)  # noqa: S101
    assert isinstance(to, Scalar)  # noqa: S101
    own = () if values is None else (given(values, problems),)
    written = each if isinstance(each, Scalar) else file
    if not isinstance(written, Scalar):
        yield Rendering(blueprint.value, to, own, entry.mark, blueprint.mark)
        return
    if file is not None and each is not None:
        message, hint = "a rendering has one file of values or one for each, and not both", "leave out from or each"
        problems.append(written.mark.diagnose("PLT001", message, hint=hint))
    for path in _files(written, root, problems) if each is not None else [root / written.value]:
        found, mark = _read_values(path, written, problems)
        yield Rendering(blueprint.value, to, (found, *own), mark, blueprint.mark)


def _files(pattern: Scalar, root: Path, problems: list[Diagnostic]) -> list[Path]:
    """Give the files that a pattern means, in the order of their paths."""
    parts = pattern.value.split("/")
    fixed = list(takewhile(lambda part: not set(part) & set("*?["), parts))
    folder = root.joinpath(*fixed[: len(parts) - 1])
    if pattern.value.startswith("/") or ".." in parts:
        message, hint = f'"{pattern.value}" leaves the folder of the platform', "write a pattern relative to it"
    elif any("**" in part and part != "**" for part in parts):  # which Python reads since 3.13
        message, hint = f'"{pattern.value}" has ** beside other characters', "write ** alone, between slashes"
    elif not folder.is_dir():
        message, hint = f'no folder "{"/".join(fixed)}"', "make it, with a file that git keeps, or correct the pattern"
    else:
        found = sorted(path for path in root.glob(pattern.value) if path.is_file())
        if not found:
            message, hint = f'no file is meant by "{pattern.value}"', "correct it, if there should be one"
            problems.append(pattern.mark.diagnose("PLT014", message, hint=hint, effect="advice", severity="notice"))
        return found
    problems.append(pattern.mark.diagnose("PLT006", message, hint=hint))
    return []


def _read_values(path: Path, written: Scalar, problems: list[Diagnostic]) -> tuple[Given, Mark]:
    try:
        documents = compose(read_text(path, shown(path)))
    except DiagnosticsError as error:
        for problem in error.diagnostics:
            missing = problem.code.startswith("FILE") and problem.line is None
            message = f'values file "{written.value}": {problem.message}'
            problems.append(written.mark.diagnose(problem.code, message) if missing else problem)
        return Given({}), written.mark
    if not documents:
        return Given({}), written.mark
    if len(documents) > 1:
        message = "a file of values holds one document"
        problems.append(documents[1].node.mark.diagnose("VAL004", message))
    node = documents[0].node
    return given(node, problems), node.mark


def _search(entry: Node, root: Path, problems: list[Diagnostic]) -> Path:
    assert isinstance(entry, Scalar)  # noqa: S101  the format says so
    folder = root / entry.value
    try:
        found = folder.is_dir()
    except OSError:  # such as a name that is too long
        found = False
    if not found:
        problems.append(entry.mark.diagnose("PLT006", f'no folder "{entry.value}"'))
    return folder


def _at(node: Node, key: str) -> Node | None:
    return node.get(key) if isinstance(node, Mapping) else None


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []
