"""Backstage: the kinds of its catalog, and the inputs and outputs of its scaffolder's actions.

The packages hold the former as JSON Schema inside JavaScript, and make the latter when they are loaded: so they are
installed, and `backstage.cjs` prints what Node sees of them.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.upstream.structure import REFERENCE, Definitions, Schema, structure

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOG = {"@backstage/catalog-model": "1.10.1", "@backstage/plugin-scaffolder-common": "2.3.0"}
ACTIONS = {
    "@backstage/plugin-scaffolder-backend": "4.2.0",
    "@backstage/plugin-scaffolder-backend-module-github": "0.10.0",
    "@backstage/plugin-scaffolder-backend-module-gitlab": "0.12.0",
}
"""The pinned packages by what is taken from them, with their versions."""

_SCRIPT = Path(__file__).with_suffix(".cjs")
_QUIET = ("--silent", "--ignore-scripts", "--no-audit", "--no-fund")
_INSTALL = ("npm", "install", *_QUIET, "--omit=optional", "--omit=peer", "--no-package-lock")
_META = "backstage.EntityMeta"
_DROPPED = frozenset({"$id", "$schema", "default", "deprecated", "description", "examples", "title"})
# What an action gives though its schema does not say so: src of @backstage/plugin-scaffolder-backend.
_GIVEN = {"catalog:register": ["catalogInfoUrl", "entityRef"]}


@dataclass(frozen=True, slots=True)
class Installed:
    """What Node sees of the packages, and the digests of what was fetched, by package."""

    told: Mapping[str, Any]
    digests: Mapping[str, str]

    def digest(self, packages: Mapping[str, str]) -> str:
        """Give one digest for some packages, of theirs one after the other."""
        return hashlib.sha256("".join(self.digests[name] for name in packages).encode()).hexdigest()

    def licence(self, packages: Mapping[str, str]) -> str:
        """Give the licence of some packages."""
        return ", ".join(sorted({self.told["licences"][name] for name in packages}))


def fetch(folder: Path) -> Installed:
    """Install the packages into a folder through npm, without running any script of theirs but what is asked."""
    pinned = [f"{name}@{version}" for name, version in (CATALOG | ACTIONS).items()]
    digests = {}
    for wanted in pinned:
        packed = subprocess.run(  # noqa: S603  pinned names
            ["npm", "pack", *_QUIET, wanted],  # noqa: S607  npm is found as by its user
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        content = (folder / packed.stdout.split()[-1]).read_bytes()
        digests[wanted.rpartition("@")[0]] = hashlib.sha256(content).hexdigest()
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    subprocess.run([*_INSTALL, *pinned], cwd=folder, check=True)  # noqa: S603  pinned names
    told = subprocess.run(  # noqa: S603  our own script
        ["node", _SCRIPT, folder / "node_modules"],  # noqa: S607  as npm
        check=True,
        capture_output=True,
        text=True,
    )
    return Installed(json.loads(told.stdout), digests)


def definitions_of(told: Mapping[str, Any]) -> tuple[Definitions, dict[str, str]]:
    """Give the definitions of entities by name, and `apiVersion Kind` by the name of its definition."""
    definitions: Definitions = {_META: structure(_plain(told["meta"]))}
    kinds: dict[str, str] = {}
    for schema in told["kinds"]:
        own = schema["allOf"][1]
        [kind] = own["properties"]["kind"]["enum"]
        for version in own["properties"]["apiVersion"]["enum"]:
            name = f"backstage.{version.rpartition('/')[2]}.{kind}"
            definitions[name] = structure(_entity(own))
            kinds[name] = f"{version} {kind}"
    return definitions, kinds


def actions_text(told: Mapping[str, Any]) -> str:
    """Write each action on a line: the schema of its input, and the names of its outputs."""
    lines = []
    for name, action in sorted(told["actions"].items()):
        outputs = sorted((action.get("output") or {}).get("properties", _GIVEN.get(name, ())))
        entry = {"input": structure(_plain(action.get("input") or {"type": "object"})), "output": outputs}
        lines.append(f"{json.dumps(name)}:{json.dumps(entry, separators=(',', ':'), sort_keys=True)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _entity(own: Schema) -> Schema:
    """Give the schema of a kind: what any entity has, with what its own has, and nothing else beside it.

    Relations and a status are the catalog's to write: its policy refuses them in a file.
    """
    text = {"type": "string"}
    return {
        "additionalProperties": False,
        "properties": {
            "apiVersion": text,
            "kind": text,
            "metadata": {"$ref": f"{REFERENCE}{_META}"},
            "spec": _plain(own["properties"]["spec"]),
        },
        "required": ["apiVersion", "kind", "metadata", *own["required"]],
        "type": "object",
    }


def _plain(schema: Any) -> Any:
    """Write a schema in fewer keywords, and say of each mapping whether it is open, which Backstage's are."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain: Schema = {}
    for keyword, value in schema.items():
        if keyword not in _DROPPED:
            plain |= _kept(keyword, value)
    if "properties" in plain:
        plain.setdefault("additionalProperties", True)
    return plain


def _kept(keyword: str, value: Any) -> Schema:
    if keyword == "properties":
        return {keyword: {name: _plain(inner) for name, inner in value.items()}}
    if keyword == "const":
        return {"enum": [value]}
    if keyword == "patternProperties":
        [of_any_key] = value.values()  # and stands behind the additionalProperties that it takes the place of
        return {"additionalProperties": _plain(of_any_key)}
    if keyword in {"enum", "required"}:
        return {keyword: value} if value else {}
    # Of the branches of oneOf, one takes mappings and the other lists.
    return {"anyOf" if keyword == "oneOf" else keyword: _plain(value)}
