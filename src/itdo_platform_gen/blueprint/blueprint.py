"""Blueprint: a folder, read, checked and compiled before any value exists (see `loader.py`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.frame import FAILED, Frame
from itdo_platform_gen.blueprint.migrations import migrated
from itdo_platform_gen.blueprint.values import Values
from itdo_platform_gen.diagnostics import in_order
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.syntax.evaluation import EvaluationError, measured

if TYPE_CHECKING:
    from pathlib import Path

    from itdo_platform_gen.blueprint.content import ContentFile
    from itdo_platform_gen.blueprint.migrations import Migration
    from itdo_platform_gen.blueprint.parameters import Parameters
    from itdo_platform_gen.blueprint.template import Constant, Head, Template, Text, Whole
    from itdo_platform_gen.blueprint.values import Given
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Mark


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """One document of a manifest template, with the comment at its top."""

    comment: str
    body: Template


@dataclass(frozen=True, slots=True)
class Manifest:
    """One entry of `spec.manifests`, compiled."""

    documents: tuple[DocumentTemplate, ...]
    path: Constant | Whole | Text
    condition: Whole | None
    head: Head | None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A blueprint that can be rendered; `diagnostics` holds the warnings found on the way."""

    name: str
    title: str
    description: str
    version: str
    owner: str
    tags: tuple[str, ...]
    type: str
    folder: Path
    digest: str
    """SHA-256 of blueprint.yaml and every template it names."""
    kubernetes: str | None
    """The Kubernetes minor versions it is made for: `1.34` or `1.30..1.37`."""
    parameters: Parameters
    derived: tuple[tuple[str, Template], ...]
    manifests: tuple[Manifest, ...]
    content: tuple[ContentFile, ...] = ()
    """The files of `content/`, in the order of their paths."""
    entities: tuple[Manifest, ...] = ()
    """What stands in Backstage's catalog for what is made."""
    backstage: dict[str, Any] = field(default_factory=dict)
    """`spec.backstage` as it was written."""
    provenance: dict[str, str] = field(default_factory=dict)
    """`spec.provenance`: the parameters that take `source` and `version` of the template."""
    migrations: tuple[Migration, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def names(self) -> frozenset[str]:
        """Give the names of the parameters, and those they had in earlier versions."""
        old = (name for migration in self.migrations for name in (*migration.renamed, *migration.removed))
        return frozenset((*self.parameters.shape(), *old))

    def values(self, sources: tuple[Given, ...], at: Mark | None = None) -> Values:
        """Check what was given, fill in defaults and derive the rest; what had a name of old is told by a warning.

        Raises DiagnosticsError; `at` is the place to blame for what is missing.
        """
        problems: list[Diagnostic] = []
        warnings: list[Diagnostic] = []
        sources = tuple(migrated(source, self.migrations, warnings) for source in sources)
        values = self.parameters.values(sources, at, problems)
        if problems:
            raise DiagnosticsError(in_order(problems))
        derived = {name: template.mark for name, template in self.derived}
        values = Values(values.data, values.sources, values.defaults, derived, tuple(warnings))
        frame = Frame.of(values)
        for name, template in self.derived:
            value = template.evaluate(frame, None, ())
            try:
                measured(value)
            except EvaluationError as error:
                frame.fail(template.mark, "EXPR003", error.message)
                break
            if value is not FAILED:
                values.data[name] = value
        if frame.problems:
            raise DiagnosticsError(in_order(frame.problems))
        return values
