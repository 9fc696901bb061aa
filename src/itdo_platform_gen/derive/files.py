"""Files: what is derived from blueprints, by the path it is committed at."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from itdo_platform_gen.derive.copier import copier_file, joint_copier_file
from itdo_platform_gen.derive.reference import reference_page
from itdo_platform_gen.derive.request import FILE, FOLDER, request_template, values_template
from itdo_platform_gen.derive.scaffolder import template_file
from itdo_platform_gen.derive.values_schema import values_schema
from itdo_platform_gen.errors import PlatformGenError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from itdo_platform_gen.blueprint.blueprint import Blueprint


def derived_files(blueprint: Blueprint) -> dict[Path, str]:
    """Give the files that a blueprint's folder holds beside what its author wrote."""
    cases = sorted(case.stem for case in blueprint.folder.glob("cases/*.yaml"))
    files = {"README.md": reference_page(blueprint, cases), "values.schema.json": values_schema(blueprint)}
    if blueprint.content:
        files |= {"copier.yml": copier_file(blueprint), "template.yaml": template_file(blueprint)}
    else:
        files |= {"template.yaml": request_template(blueprint), f"{FOLDER}/{FILE}": values_template(blueprint)}
    return {blueprint.folder / name: text for name, text in files.items()}


def joint_files(file: Path, blueprints: Sequence[Blueprint]) -> dict[Path, str]:
    """Give the copier.yml that asks which of the blueprints with content is meant.

    Raises PlatformGenError where there is none, or one does not lie below the file.
    """
    with_content = [blueprint for blueprint in blueprints if blueprint.content]
    places = {os.path.relpath(one.folder, file.parent).replace(os.sep, "/"): one for one in with_content}
    outside = next((place for place in places if place.split("/")[0] in {"..", "."}), None)
    if outside is not None or not places:
        fault = f"{outside} does not lie below it" if outside else "none of the blueprints has content"
        raise PlatformGenError(f"{file}: {fault}")
    return {file: joint_copier_file(places)}
