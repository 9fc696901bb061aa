"""Packages: the kinds of the npm packages `@kubernetes-models/*`, each one tool's Go types."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.schema.upstream.ajv import read_module
from itdo_platform_gen.schema.upstream.corrections import FIELDS, OPTIONAL
from itdo_platform_gen.schema.upstream.structure import (
    REFERENCE,
    Definitions,
    Schema,
    nullable,
    reachable,
    structure,
    with_required,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned npm package and the API versions that are taken from it."""

    file: str
    name: str
    version: str
    api_versions: tuple[str, ...]


PACKAGES = (
    Package("argo-cd.tsv", "@kubernetes-models/argo-cd", "4.0.0", ("argoproj.io/v1alpha1",)),
    Package(
        "external-secrets.tsv",
        "@kubernetes-models/external-secrets",
        "2.0.0",
        (
            "external-secrets.io/v1",
            "external-secrets.io/v1alpha1",
            "generators.external-secrets.io/v1alpha1",
        ),
    ),
    Package(
        "prometheus-operator.tsv",
        "@kubernetes-models/prometheus-operator",
        "6.0.0",
        ("monitoring.coreos.com/v1", "monitoring.coreos.com/v1alpha1"),
    ),
)


@dataclass(frozen=True, slots=True)
class Archive:
    """A fetched package: its compiled modules by name, its licence and its digest."""

    modules: Mapping[str, str]
    licence: str
    sha256: str


def fetch(package: Package, folder: Path) -> Archive:
    """Get a package from its registry through npm, into a folder; nothing of it is installed or run."""
    command = ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603  pinned names
    content = (folder / packed.stdout.split()[-1]).read_bytes()
    modules = {}
    licence = ""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None:
                continue
            if member.name == "package/package.json":
                licence = json.loads(file.read())["license"]
            elif member.name.startswith("package/_schemas/") and member.name.endswith(".js"):
                modules[member.name.rpartition("/")[2].removesuffix(".js")] = file.read().decode()
    return Archive(modules, licence, hashlib.sha256(content).hexdigest())


def definitions_of(archive: Archive, package: Package, kubernetes: Definitions) -> tuple[Definitions, dict[str, str]]:
    """Read one package.

    Takes: its archive, and Kubernetes' definitions, for what it imports and embeds of them.
    Gives: the definitions by name, and `apiVersion Kind` by the name of its definition.
    """
    shared = {_module_name(name): name for name in kubernetes}
    upstream = {name: _referring(read_module(text), shared) for name, text in archive.modules.items()}
    known = {**kubernetes, **upstream}
    definitions = {
        name: structure(_corrected(name, nullable(_merged(schema, known)))) for name, schema in upstream.items()
    }
    named = {name: kind for name, schema in definitions.items() if (kind := _kind(schema, package))}
    # A type that only stands inside others may bear a kind too; what a server keeps can be listed.
    kinds = {n: k for n, k in named.items() if k.endswith("List") or f"{k}List" in named.values()}
    used = reachable(definitions, set(kinds))
    return {name: definitions[name] for name in sorted(used)}, kinds


def _module_name(definition: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[.-]", definition))


def _kind(schema: Schema, package: Package) -> str | None:
    fields = schema.get("properties", {})
    if not all("enum" in fields.get(field, ()) for field in ("apiVersion", "kind")):
        return None
    api_version, kind = (fields[field]["enum"][0] for field in ("apiVersion", "kind"))
    return f"{api_version} {kind}" if api_version in package.api_versions else None


def _referring(schema: Any, shared: Mapping[str, str]) -> Any:
    """Write a reference to a module as one to a definition, and what only refers as the reference alone."""
    if isinstance(schema, list):
        return [_referring(item, shared) for item in schema]
    if not isinstance(schema, dict):
        return schema
    while len(schema.get("allOf", ())) == 1 and schema.keys() <= {"type", "allOf"}:
        schema = schema["allOf"][0]
    if "enum" in schema:
        # The named type lists the same values, or more.
        schema = {key: value for key, value in schema.items() if key != "allOf"}
    if isinstance(schema.get("$ref"), str):
        return {"$ref": REFERENCE + shared.get(schema["$ref"], schema["$ref"])}
    return {key: _referring(value, shared) for key, value in schema.items()}


def _merged(schema: Schema, known: Definitions) -> Schema:
    """Take the fields of embedded Go structs into the struct that embeds them: only so can it be closed."""
    target = schema.get("$ref", "").removeprefix(REFERENCE)
    if target in known:
        return _merged(known[target], known)
    parents = [_merged(parent, known) for parent in schema.get("allOf", ())]
    if not parents or not all("properties" in parent for parent in parents):
        return schema
    merged = {"type": "object", **{key: value for key, value in schema.items() if key != "allOf"}}
    for parent in parents:
        merged["properties"] = {**parent["properties"], **merged.get("properties", {})}
        merged["required"] = [*parent.get("required", ()), *merged.get("required", ())]
    return merged


def _corrected(name: str, schema: Schema) -> Schema:
    schema = with_required(schema, set(schema.get("required", ())) - OPTIONAL.get(name, frozenset()))
    if name in FIELDS:
        schema = {**schema, "properties": {**schema["properties"], **FIELDS[name]}}
    return schema
