"""Template: a software template's form, its steps, and the expressions in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.checks.entities.expressions import Reading, read_expression, read_text
from itdo_platform_gen.checks.group import group_of
from itdo_platform_gen.checks.reading import items, mapping, mappings, text
from itdo_platform_gen.syntax.hole import Hole, UnclosedHoleError, split_holes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from itdo_platform_gen.checks.rule import FindInDocument, Finding
    from itdo_platform_gen.checks.world import World
    from itdo_platform_gen.render.document import Document
    from itdo_platform_gen.syntax.lookup import Read
    from itdo_platform_gen.syntax.node import Path

KINDS = ("Template",)
_DASHED = re.compile(r"(?<![\w.-])(steps|parameters|secrets)\.([A-Za-z_]\w*(?:-\w+)+)")
SECRET = "Secret"  # noqa: S105  the name of a field
"""The field of the form whose value goes to the secrets, and to no parameter."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of the form, and where it is declared."""

    name: str
    path: Path
    schema: Mapping[str, Any]

    @property
    def is_secret(self) -> bool:
        """Whether its value goes to the secrets."""
        return self.schema.get("ui:field") == SECRET


@dataclass(frozen=True, slots=True)
class Step:
    """One step; where the author gives it no id the scaffolder does."""

    index: int
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What its outputs are looked up by."""
        return text(self.data, "id") or f"step-{self.index + 1}"

    @property
    def action(self) -> str:
        """What it does."""
        return text(self.data, "action")

    @property
    def path(self) -> Path:
        """Where it stands."""
        return ("spec", "steps", self.index)


@dataclass(frozen=True, slots=True)
class Use:
    """One expression, or one text with blocks: where it stands, and what it looks up."""

    path: Path
    source: str
    reading: Reading
    is_whole: bool
    step: int | None
    """The index of its step; None in the template's output."""
    part: str
    """`input`, `if`, `each`, `name` or `output`."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template as its document has it."""

    document: Document
    pages: tuple[tuple[Path, Mapping[str, Any]], ...]
    parameters: Mapping[str, Parameter]
    steps: tuple[Step, ...]
    uses: tuple[Use, ...]
    unclosed: tuple[tuple[Path, str], ...]
    """The texts with an expression that is not closed."""

    @property
    def steps_by_index(self) -> Mapping[int, Step]:
        """The steps by where they stand."""
        return {step.index: step for step in self.steps}

    def reads(self) -> Iterator[tuple[Use, Read]]:
        """Give everything that is looked up, but where a name with a dash is taken for a subtraction."""
        for use in self.uses:
            if not self.dashed(use):
                for read in use.reading.reads:
                    yield use, read

    def dashed(self, use: Use) -> list[tuple[str, str]]:
        """Give the names with a dash that stand behind a dot."""
        known = {"steps": {step.id for step in self.steps}, "parameters": set(self.parameters)}
        known["secrets"] = known["parameters"]
        return [
            (found[1], name)
            for found in _DASHED.finditer(use.source)
            for name in known[found[1]]
            if "-" in name and (found[2] == name or found[2].startswith(name + "-"))
        ]


def template_of(document: Document) -> Template | None:
    """Read a template; None where the document is something else."""
    if document.kind != "Template" or group_of(document) != "scaffolder.backstage.io":
        return None
    spec = mapping(document.data, "spec")
    given = spec.get("parameters")
    pages: tuple[tuple[Path, Mapping[str, Any]], ...] = ()
    if isinstance(given, dict):
        pages = ((("spec", "parameters"), given),)
    elif isinstance(given, list):
        pages = tuple((("spec", "parameters", i), page) for i, page in enumerate(given) if isinstance(page, dict))
    parameters: dict[str, Parameter] = {}
    for path, page in pages:
        for parameter in _declared(page, path):
            parameters.setdefault(parameter.name, parameter)
    steps = tuple(Step(index, step) for index, step in mappings(spec, "steps"))
    unclosed: list[tuple[Path, str]] = []
    uses = tuple(_uses(steps, spec, unclosed))
    return Template(document, pages, parameters, steps, uses, tuple(unclosed))


def each_template(look: Callable[[Template, World], Iterator[Finding]]) -> FindInDocument:
    """Make the function of a rule that looks at each template."""

    def find(document: Document, world: World) -> Iterator[Finding]:
        template = template_of(document)
        if template is not None:
            yield from look(template, world)

    return find


def _declared(schema: Mapping[str, Any], path: Path) -> Iterator[Parameter]:
    """Give every field that a page may show, whatever is answered."""
    for name, inner in mapping(schema, "properties").items():
        yield Parameter(name, (*path, "properties", name), inner if isinstance(inner, dict) else {})
    for key in ("allOf", "anyOf", "oneOf"):
        for index, branch in enumerate(items(schema, key)):
            if isinstance(branch, dict):
                yield from _declared(branch, (*path, key, index))
    for name, branch in mapping(schema, "dependencies").items():
        if isinstance(branch, dict):
            yield from _declared(branch, (*path, "dependencies", name))
    for key in ("then", "else"):
        if isinstance(schema.get(key), dict):
            yield from _declared(schema[key], (*path, key))


def _uses(steps: tuple[Step, ...], spec: dict[str, Any], unclosed: list[tuple[Path, str]]) -> Iterator[Use]:
    for step in steps:
        for part in ("name", "if", "each", "input"):
            yield from _in(step.data.get(part), (*step.path, part), step.index, part, unclosed)
    yield from _in(spec.get("output"), ("spec", "output"), None, "output", unclosed)


def _in(data: object, path: Path, step: int | None, part: str, unclosed: list[tuple[Path, str]]) -> Iterator[Use]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _in(value, (*path, key), step, part, unclosed)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _in(item, (*path, index), step, part, unclosed)
    elif isinstance(data, str) and ("${{" in data or "{%" in data):
        try:
            found = split_holes(data)
        except UnclosedHoleError:
            unclosed.append((path, data))
            return
        if "{%" in data:
            yield Use(path, data, read_text(data), is_whole=False, step=step, part=part)
            return
        for hole in found:
            if isinstance(hole, Hole):
                whole = len(found) == 1
                yield Use(path, hole.source, read_expression(hole.source), is_whole=whole, step=step, part=part)


TEMPLATE = """\
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: service}
spec:
  type: service
  parameters:
    - title: Service
      required: [name, repoUrl]
      properties:
        name: {title: Name, type: string}
        port: {title: Port, type: integer, default: 8080}
        repoUrl:
          title: Repository
          type: string
          'ui:field': RepoUrlPicker
          'ui:options':
            allowedHosts: [github.com]
  steps:
    - id: fetch
      name: Render
      action: fetch:template
      input:
        url: ./content
        templateFileExtension: .jinja
        values:
          name: ${{ parameters.name }}
          port: ${{ parameters.port | default(8080) }}
    - id: publish
      name: Publish
      action: publish:github
      input:
        repoUrl: ${{ parameters.repoUrl }}
        defaultBranch: main
    - id: register
      name: Register
      action: catalog:register
      input:
        repoContentsUrl: ${{ steps.publish.output.repoContentsUrl }}
        catalogInfoPath: /catalog-info.yaml
  output:
    links:
      - title: Repository
        url: ${{ steps.publish.output.remoteUrl }}
"""
