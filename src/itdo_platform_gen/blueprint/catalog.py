"""Catalog: all blueprints found, by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from itdo_platform_gen.blueprint.headline import FILE
from itdo_platform_gen.diagnostics import Diagnostic
from itdo_platform_gen.errors import DiagnosticsError
from itdo_platform_gen.installed import offered
from itdo_platform_gen.shipped import shipped
from itdo_platform_gen.syntax.near import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.syntax.mark import Mark

ENTRY_POINTS = "itdo_platform_gen.blueprints"


@dataclass(frozen=True, slots=True)
class Catalog:
    """Folders of blueprints, searched in order: where two have a name in common, the first is taken."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, extra: Iterable[Path] = ()) -> Catalog:
        """Give the catalog of some folders, those shipped and those of installed packages."""
        return cls((*extra, shipped("blueprints"), *_installed()))

    def all(self) -> dict[str, Path]:
        """Give the folder of every blueprint, by name in order."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for file in folder.glob(f"*/{FILE}"):
                found.setdefault(file.parent.name, file.parent)
        return dict(sorted(found.items()))

    def find(self, name: str, at: Mark | None = None) -> Blueprint:
        """Load the blueprint of a name.

        Raises DiagnosticsError where there is none, at the place that asked for it, or where it is at fault.
        """
        from itdo_platform_gen.blueprint.loader import load_blueprint  # noqa: PLC0415  listing needs no Jinja2

        for folder in self.folders:
            if Path(name).name == name != ".." and _is_file(folder / name / FILE):
                return load_blueprint(folder / name)
        message = f'no blueprint "{name}"'
        hint = suggest(name, self.all())
        raise DiagnosticsError(
            [at.diagnose("BLP009", message, hint=hint) if at else Diagnostic("BLP009", message, hint=hint)]
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long
        return False


def _installed() -> Iterator[Path]:
    """Give the folders that installed packages offer."""
    for _, folder in offered(ENTRY_POINTS):
        yield Path(str(folder))


def find_blueprint(name: str, *folders: Path) -> Blueprint:
    """Load a blueprint by name from some folders of blueprints, those shipped and those of installed packages.

    Raises DiagnosticsError where there is none of that name, or where it is at fault.
    """
    return Catalog.of(folders).find(name)
