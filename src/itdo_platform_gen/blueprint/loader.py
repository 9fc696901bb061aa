"""Loader: the reading of a blueprint's folder, with everything that is wrong in it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.blueprint import Blueprint, DocumentTemplate, Manifest
from itdo_platform_gen.blueprint.compiler import Compiler
from itdo_platform_gen.blueprint.headline import FILE, NAME
from itdo_platform_gen.blueprint.migrations import migration_faults, read_migrations
from itdo_platform_gen.blueprint.parameters import Parameters, read_parameters
from itdo_platform_gen.blueprint.paths import path_fault
from itdo_platform_gen.blueprint.scope import ANY, Scope, Shape
from itdo_platform_gen.blueprint.template import Constant, Template
from itdo_platform_gen.diagnostics import Diagnostic, has_errors, in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.schema.format import read_format
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.near import suggest
from itdo_platform_gen.syntax.node import Mapping, Node, Scalar, Sequence, mark_at
from itdo_platform_gen.syntax.source import read_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.content import ContentFile
    from itdo_platform_gen.syntax.mark import Mark


CONTENT = "content"
"""The folder of a blueprint that holds the tree of a repository."""

PROVIDERS = ("github", "gitlab")
"""The forges that a template of Backstage can publish to."""

EITHER = "either"
"""The provider of a blueprint of manifests whose form asks for the forge."""


def load_blueprint(folder: Path) -> Blueprint:
    """Read a blueprint's folder, check it without values, and compile it.

    Raises DiagnosticsError with everything that is wrong.
    """
    loader = _Loader(folder)
    blueprint = loader.load()
    if blueprint is None or has_errors(loader.problems):
        raise DiagnosticsError(in_order(loader.problems))
    return blueprint


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Diagnostic] = []
        self.digest = hashlib.sha256()
        self.templates: dict[str, list[tuple[str, Node]] | None] = {}

    def load(self) -> Blueprint | None:
        node = self._read(FILE)
        if node is None:
            return None
        data = read_format("blueprint", "BLP001", node, self.problems)
        if data is None:
            return None
        metadata, spec = data["metadata"], data["spec"]
        folder = self.folder.absolute().name
        if metadata["name"] != folder:
            mark = mark_at(node, ("metadata", "name"))
            message = f'the name is "{metadata["name"]}", but the folder\'s counts: "{folder}"'
            hint = "give both the same name"
            self.problems.append(mark.diagnose("BLP004", message, hint=hint, severity="notice", effect="advice"))
        if not re.fullmatch(NAME, folder):
            message = f'the folder "{folder}" cannot be the name of a blueprint'
            hint = "use lower-case letters, digits and -"
            self.problems.append(mark_at(node, ("metadata", "name")).diagnose("BLP011", message, hint=hint))
        form = _at(node, "spec", "parameters")
        before = len(self.problems)
        parameters = read_parameters(form, spec["parameters"], self.problems)
        compiler = Compiler(self.problems)
        shape = parameters.shape()
        sound = len(self.problems) == before
        # Of parameters that are at fault nobody knows the names.
        scope = Scope({"values": Shape(shape) if sound else ANY})
        derived = self._derived(node, scope, shape, compiler)
        manifests = [self._manifest(entry, scope, compiler) for entry in _manifests(node)]
        entities = [self._manifest(entry, scope, compiler) for entry in _items(_at(node, "spec").get("entities"))]
        content = self._content(parameters, derived, scope)
        if not _manifests(node) and not (self.folder / CONTENT).is_dir():
            message = "there is nothing to render: neither spec.manifests nor a folder content"
            hint = "list manifest templates under spec.manifests, or put a tree of files into content/"
            self.problems.append(mark_at(node, ("spec",), at_key=True).diagnose("BLP012", message, hint=hint))
        migrations = read_migrations(data)
        if sound:
            self.problems += migration_faults(migrations, node, metadata["version"], list(shape))
            self._named(node, spec, list(parameters.shape()))
        if not has_errors(self.problems):
            self._unused(node, parameters, derived, scope)
        return Blueprint(
            name=folder,
            title=metadata["title"],
            description=metadata["description"],
            version=metadata["version"],
            owner=metadata["owner"],
            tags=tuple(metadata.get("tags", ())),
            type=spec["type"],
            folder=self.folder,
            digest=self.digest.hexdigest(),
            kubernetes=spec.get("targets", {}).get("kubernetes"),
            parameters=parameters,
            derived=tuple(derived),
            manifests=tuple(manifest for manifest in manifests if manifest is not None),
            content=content,
            entities=tuple(entity for entity in entities if entity is not None),
            backstage=spec.get("backstage", {}),
            provenance=spec.get("provenance", {}),
            migrations=migrations,
            diagnostics=tuple(in_order(self.problems)),
        )

    def _content(
        self, parameters: Parameters, derived: list[tuple[str, Template]], scope: Scope
    ) -> tuple[ContentFile, ...]:
        folder = self.folder / CONTENT
        if not folder.is_dir():
            return ()
        from itdo_platform_gen.blueprint.content import ContentReader  # noqa: PLC0415  most blueprints have none
        from itdo_platform_gen.blueprint.portable_values import portable_shape  # noqa: PLC0415

        sound = scope.names["values"].keys is not None
        values = Shape(portable_shape(parameters, derived, self.problems)) if sound else ANY
        files = tuple(ContentReader(folder, {"values": values}, self.problems, scope.used).read())
        for file in files:
            path = "/".join(part.text.content for part in file.path)
            body = file.body if isinstance(file.body, bytes) else file.body.text.content.encode()
            head = f"{path}\0{file.mode:o}\0{file.link or ''}\0{len(body)}\0"
            self.digest.update(head.encode() + body)
        return files

    def _read(self, path: str) -> Node | None:
        documents = self._documents(path, None)
        if documents is None:
            return None
        if len(documents) != 1:
            name = shown(self.folder / path)
            self.problems.append(Diagnostic("BLP001", f"expected one document, found {len(documents)}", name))
            return None
        return documents[0][1]

    def _documents(self, path: str, mark: Mark | None) -> list[tuple[str, Node]] | None:
        """Give comment and node of each document of a file in the folder; None where it cannot be had."""
        file = self.folder / path
        if mark is not None:
            fault = path_fault(path)
            if fault is not None or not _lies_in(self.folder, file):
                message = fault[0] if fault else f'path "{path}" leaves its folder'
                within = "write it relative to the blueprint's folder, which it must not leave"
                self.problems.append(mark.diagnose("BLP006", message, hint=within))
                return None
            if not file.is_file():
                kind = "a folder" if file.is_dir() else "not there"
                hint = _nearest_template(self.folder, path)
                self.problems.append(mark.diagnose("BLP002", f'template "{path}" is {kind}', hint=hint))
                return None
        try:
            text = read_text(file, shown(file))
            self.digest.update(f"{path}\0{len(text.content)}\0{text.content}".encode())
            return [(parsed.comment, parsed.node) for parsed in compose(text)]
        except DiagnosticsError as error:
            self.problems += error.diagnostics
            return None

    def _derived(
        self, node: Node, scope: Scope, shape: dict[str, Shape], compiler: Compiler
    ) -> list[tuple[str, Template]]:
        """Compile the derived values; each becomes known to those behind it."""
        found: list[tuple[str, Template]] = []
        written = _at(node, "spec").get("values") if isinstance(_at(node, "spec"), Mapping) else None
        for key, value in written.entries if isinstance(written, Mapping) else []:
            if key.value in shape:
                kind = "derived value" if any(key.value == name for name, _ in found) else "parameter"
                message = f'there is a {kind} "{key.value}" already'
                self.problems.append(key.mark.diagnose("BLP007", message))
            elif not key.value.isidentifier():
                message = f'"{key.value}" cannot be written in an expression'
                self.problems.append(key.mark.diagnose("BLP007", message, hint="use letters, digits and _"))
            found.append((key.value, compiler.compile(value, scope)))
            shape[key.value] = ANY
        return found

    def _manifest(self, entry: Node, scope: Scope, compiler: Compiler) -> Manifest | None:
        assert isinstance(entry, Mapping)  # noqa: S101  the format says so
        head = condition = None
        template = entry.get("template")
        assert isinstance(template, Scalar)  # noqa: S101
        written = entry.get("path") or template  # entities have no path of their own
        assert isinstance(written, Scalar)  # noqa: S101
        if template.value not in self.templates:
            self.templates[template.value] = self._documents(template.value, template.mark)
        documents = self.templates[template.value]
        looped = entry.get("for")
        if isinstance(looped, Scalar):
            found = compiler.loop(looped, scope)
            if found is None:  # nobody knows the names in force behind it
                return None
            head, scope = found
        asked = entry.get("if")
        if isinstance(asked, Scalar):
            condition = compiler.hole(asked, scope)
        path = compiler.scalar(written, scope)
        fault = path_fault(path.data) if isinstance(path, Constant) and isinstance(path.data, str) else None
        if fault is not None:
            self.problems.append(written.mark.diagnose("BLP006", fault[0], hint=fault[1]))
        if documents is None:
            return None
        compiled = [DocumentTemplate(comment, compiler.compile(node, scope)) for comment, node in documents]
        return Manifest(tuple(compiled), path, condition, head)

    def _named(self, node: Node, spec: dict[str, Any], names: list[str]) -> None:
        """Hold what names a parameter to the parameters."""
        backstage = spec.get("backstage", {})
        named: dict[tuple[str, ...], str] = {
            **{("provenance", part): name for part, name in spec.get("provenance", {}).items()},
            **{("backstage", "repository", part): name for part, name in backstage.get("repository", {}).items()},
        }
        if "name" in backstage.get("request", {}):
            named["backstage", "request", "name"] = backstage["request"]["name"]
        forges = PROVIDERS if (self.folder / CONTENT).is_dir() else (*PROVIDERS, EITHER)
        if backstage.get("provider", PROVIDERS[0]) not in forges:
            named["backstage", "provider"] = backstage["provider"]
        for place, name in named.items():
            if name not in names:
                mark = mark_at(node, ("spec", *place))
                hint = suggest(name, [*names, *(forges if "provider" in place else ())])
                self.problems.append(mark.diagnose("BLP013", f'there is no parameter "{name}"', hint=hint))

    def _unused(self, node: Node, parameters: Parameters, derived: list[tuple[str, Template]], scope: Scope) -> None:
        if scope.all_used:
            return
        written = _at(node, "spec", "parameters")
        for place in parameters.pages:
            page: Any = _at(written, *place)
            properties = page.get("properties") if isinstance(page, Mapping) else None
            for key, _ in properties.entries if isinstance(properties, Mapping) else []:
                if key.value not in scope.used:
                    self._warn(key.mark, f'parameter "{key.value}" is never used')
        for name, template in derived:
            if name not in scope.used:
                self._warn(template.mark, f'derived value "{name}" is never used')

    def _warn(self, mark: Mark, message: str) -> None:
        hint = "use it in a template, or leave it out"
        self.problems.append(mark.diagnose("BLP003", message, hint=hint, severity="warning", effect="advice"))


def _at(node: Node, *path: str | int) -> Any:
    for part in path:
        node = node.get(part) if isinstance(part, str) else node.items[part]  # type: ignore[union-attr, assignment]
    return node


def _manifests(node: Node) -> list[Node]:
    return _items(_at(node, "spec", "manifests")) if _at(node, "spec").get("manifests") is not None else []


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _lies_in(folder: Path, file: Path) -> bool:
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle, until Python 3.13
        return True


def _nearest_template(folder: Path, path: str) -> str | None:
    there = [str(file.relative_to(folder)) for file in sorted(folder.rglob("*.yaml")) if file.name != FILE]
    return suggest(path, there)
