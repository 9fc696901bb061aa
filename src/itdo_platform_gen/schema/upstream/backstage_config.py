"""Backstage's app-config: what each package declares of it, merged as Backstage does.

Packages of a portal say in a JSON Schema of their own which keys they read. What counts in one portal is all of these,
merged by `@backstage/config-loader`; here that of every official plugin, and of some others under the key they read.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from itdo_platform_gen.schema.upstream.backstage_packages import LOADER, OPTIONAL, PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from itdo_platform_gen.schema.upstream.structure import Definitions, Schema

FILE = "backstage-config.tsv"
ROOT = "backstage.app-config"
"""The definition of a whole app-config."""
PLUGIN = "x-plugin"
"""The keyword of ours that names the plugin, besides those that every portal has, that a key belongs to."""

_INSTALL = ("npm", "install", "--ignore-scripts", "--omit=optional", "--omit=peer", "--no-package-lock", "--silent")
_PROSE = frozenset({"$schema", "default", "description", "examples", "title"})
_MERGE = """
const [modules, optional] = [process.argv[1], JSON.parse(process.argv[2])];
const load = require('node:module').createRequire(modules + '/merge.js');
const { loadConfigSchema } = load('@backstage/config-loader');
const { mergeConfigSchemas } = load(modules + '/@backstage/config-loader/dist/schema/compile.cjs.js');
const traverse = load('json-schema-traverse');
const names = JSON.parse(process.argv[3]);
loadConfigSchema({ dependencies: names, packagePaths: [], excludePackageDependencies: true }).then(schema => {
  const { schemas } = schema.serialize();
  for (const { packageName, value } of schemas) {
    traverse(value, part => {
      const more = part.additionalProperties;
      if (more && typeof more === 'object' && Object.keys(more).length === 0) part.additionalProperties = true;
    });
    let part = value;
    for (const key of (optional[packageName] ?? '').split('.').filter(Boolean)) {
      delete part.required;
      part = part.properties[key];
    }
  }
  console.log(JSON.stringify(mergeConfigSchemas(schemas.map(one => one.value))));
});
"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The packages in a folder that Node finds them in, their licences and the digest of their schemas."""

    modules: Path
    licences: frozenset[str]
    sha256: str


def fetch(folder: Path) -> Fetched:
    """Get the loader with all it needs, and the schemas of the packages, through npm; nothing of them is run yet."""
    _run([*_INSTALL, f"{LOADER[0]}@{LOADER[1]}"], folder)
    modules = folder / "node_modules"
    licences, digest = set(), hashlib.sha256()
    for name, version in PACKAGES.items():
        packed = _run(["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], folder)
        for file, content in _declarations((folder / packed.split()[-1]).read_bytes()):
            place = modules / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            if file == "package.json":
                licences.add(json.loads(content)["license"])
            else:
                digest.update(content)
    return Fetched(modules, frozenset(licences), digest.hexdigest())


def _declarations(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the package.json of a package, and the schema that it names."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        files = {member.name.removeprefix("package/"): packed.extractfile(member) for member in packed}
        content = {
            name: file.read() for name, file in files.items() if file and name.startswith(("package.", "config."))
        }
    yield "package.json", content["package.json"]
    declared = json.loads(content["package.json"])["configSchema"]
    if isinstance(declared, str):
        yield declared, content[declared]


def merged(modules: Path) -> Schema:
    """Give the one schema that Backstage makes of all of them."""
    asked = [json.dumps(OPTIONAL), json.dumps(list(PACKAGES))]
    found: Schema = json.loads(_run(["node", "-e", _MERGE, str(modules), *asked], modules))
    return found


def definitions_of(schema: Schema) -> Definitions:
    """Give the structure of the merged schema, strict, one definition for each key at the top of an app-config."""
    shared = {name: f"{ROOT}:{number}" for number, name in enumerate(sorted(schema.get("definitions", ())), 1)}
    strict = _referring(_strict(schema), shared)
    for name, dotted in OPTIONAL.items():
        part = strict
        for key in dotted.split("."):
            part = part["properties"][key]
        part.setdefault(PLUGIN, name)
    keys, definitions = strict.pop("properties"), strict.pop("definitions", {})
    references = {key: {"$ref": f"#/definitions/{ROOT}.{key}"} for key in keys}
    parts = {f"{ROOT}.{key}": part for key, part in keys.items()}
    return {ROOT: {**strict, "properties": references}, **parts, **{shared[n]: part for n, part in definitions.items()}}


def _strict(schema: Any) -> Any:
    """Take out prose, keep of visibility that of secrets, and close what is declared, as `--strict` does."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in _PROSE and not _is_open(key, value)}
    found = {key: _in_keyword(key, value) for key, value in kept.items()}
    if found.get("type") == "object" and (found.get("properties") or found.get("patternProperties")):
        found.setdefault("additionalProperties", False)
    return found


def _referring(schema: Any, shared: dict[str, str]) -> Any:
    """Let references lead to definitions by the names that they have here."""
    if isinstance(schema, list):
        return [_referring(part, shared) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _referring(value, shared) for key, value in schema.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = f"#/definitions/{shared[unquote(found['$ref']).removeprefix('#/definitions/')]}"
    return found


def _is_open(key: str, value: object) -> bool:
    return key in {"visibility", "deepVisibility"} and value != "secret"


def _in_keyword(key: str, value: Any) -> Any:
    if key in {"const", "enum", "required"}:
        return sorted(value) if key == "required" else value
    if key == "deprecated":
        return True
    if key in {"properties", "patternProperties", "definitions"}:
        return {name: _strict(part) for name, part in sorted(value.items())}
    return _strict(value)


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603  pinned names
    return done.stdout
