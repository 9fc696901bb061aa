"""`platform-gen schema`: a project's own CRDs, kept in the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.schema.custom import CustomDefinition
    from itdo_platform_gen.schema.store import Schemas
    from itdo_platform_gen.syntax.mark import Text

HELP = "keep the schemas of your own CRDs, list and show them"
EXAMPLES = (
    "kubectl get crd -o yaml | platform-gen schema add -\n"
    "platform-gen schema list\n"
    "platform-gen schema show cert-manager.io/v1 Certificate"
)
_FOLDER = Path("schemas")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format, add_target

    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = commands.add_parser("add", help="keep the CRDs of a file")
    add.add_argument("file", metavar="FILE", help="CRDs in YAML, one or several or a list of them, or -")
    add.add_argument("--to", metavar="FOLDER", type=Path, default=_FOLDER, help="folder to keep them in (./schemas)")
    listing = commands.add_parser("list", help="list the kinds kept")
    show = commands.add_parser("show", help="print the schema of a kind, kept or known")
    show.add_argument("api_version", metavar="APIVERSION", help="such as cert-manager.io/v1")
    show.add_argument("kind", metavar="KIND", help="such as Certificate")
    add_target(show)
    for command in (listing, show):
        help_text = "a folder of schemas (default: ./schemas)"
        command.add_argument("--schemas", metavar="FOLDER", type=Path, action="append", default=[], help=help_text)
    for command in (add, listing, show):
        add_format(command)


def run(arguments: Namespace) -> int:
    """Do what the action says."""
    return {"add": _add, "list": _list, "show": _show}[arguments.action](arguments)


def _add(arguments: Namespace) -> int:
    from itdo_platform_gen.cli.given import read_input
    from itdo_platform_gen.cli.output import write_diagnostics, write_json
    from itdo_platform_gen.diagnostics import has_errors
    from itdo_platform_gen.schema.custom import read_folder
    from itdo_platform_gen.syntax.source import read_text, shown

    file = arguments.file
    text = read_input() if file == "-" else read_text(Path(file), shown(Path(file)))
    definitions, problems = _definitions(text)
    before = {definition.name: definition.text() for definition in read_folder(arguments.to)}
    done: list[tuple[str, CustomDefinition]] = []
    if not has_errors(problems):
        for definition in definitions:
            old = before.get(definition.name)
            word = "added" if old is None else "unchanged" if old == definition.text() else "updated"
            done.append((word, definition))
        _write(arguments.to, [definition for word, definition in done if word != "unchanged"])
    if arguments.format == "json":
        write_json(problems, schemas=[{"change": word, **_described(d)} for word, d in done])
    else:
        write_diagnostics(problems)
        for word, definition in done:
            kinds = ", ".join(f"{kind.api_version} {kind.kind}" for kind in definition.kinds)
            print(f"{word} {arguments.to / definition.file_name}: {kinds}")
    return 1 if has_errors(problems) else 0


def _definitions(text: Text) -> tuple[list[CustomDefinition], list[Diagnostic]]:
    """Read the CRDs of a text; every document that is none, or whose schema is wrong, is a problem."""
    from itdo_platform_gen.checks.structure import check_structure
    from itdo_platform_gen.checks.validate import read_documents
    from itdo_platform_gen.schema.custom_reading import Fault, read_crd
    from itdo_platform_gen.schema.store import Schemas, kubernetes_versions

    problems: list[Diagnostic] = []
    found: dict[str, CustomDefinition] = {}
    documents = read_documents(text, problems)
    schemas = Schemas(kubernetes_versions()[-1])
    for document in documents:
        read = read_crd(document.data)
        if isinstance(read, Fault):
            structural = check_structure([document], schemas, resources_only=True) if read.code == "SCH004" else ()
            problems += list(structural) or [document.diagnose(read.code, read.message, read.path, hint=read.hint)]
        else:
            problems += check_structure([document], schemas, resources_only=True)
            found[read.name] = read
    if not documents and not problems:
        from itdo_platform_gen.syntax.mark import Mark

        problems.append(Mark(text, 0, 0, 0, 0).diagnose("SCH001", "expected a CustomResourceDefinition, got nothing"))
    return list(found.values()), problems


def _write(folder: Path, definitions: list[CustomDefinition]) -> None:
    from itdo_platform_gen.errors import PlatformGenError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for definition in definitions:
            (folder / definition.file_name).write_text(definition.text(), encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"{folder}: cannot be written: {error.strerror}"
        raise PlatformGenError(message) from None


def _list(arguments: Namespace) -> int:
    from itdo_platform_gen.cli.output import table, write_json
    from itdo_platform_gen.schema.custom import read_folder

    kept = [(folder, d) for folder in arguments.schemas or [_FOLDER] for d in read_folder(folder)]
    if arguments.format == "json":
        write_json([], schemas=[_described(definition) for _, definition in kept])
        return 0
    rows = [(k.api_version, k.kind, str(folder / d.file_name)) for folder, d in kept for k in d.kinds]
    print(table([("APIVERSION", "KIND", "FILE"), *rows]) if rows else "no schemas kept; `platform-gen schema add` does")
    return 0


def _show(arguments: Namespace) -> int:
    import json

    from itdo_platform_gen.errors import PlatformGenError
    from itdo_platform_gen.schema.store import Schemas, kubernetes_versions

    version = arguments.target or kubernetes_versions()[-1]
    schemas = Schemas(version, arguments.schemas or [_FOLDER])
    kept = schemas.custom.get((arguments.api_version, arguments.kind))
    found = kept.schema if kept else schemas.schema(arguments.api_version, arguments.kind)
    if found is None:
        raise PlatformGenError(_unknown(schemas, arguments.api_version, arguments.kind))
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0


def _unknown(schemas: Schemas, api_version: str, kind: str) -> str:
    from itdo_platform_gen.syntax.near import suggest

    others = schemas.api_versions_of(kind)
    hint = f"{kind} is in {', '.join(others)}" if others else suggest(kind, schemas.kinds_of(api_version))
    return f"no schema for {kind} in {api_version}" + (f"; {hint}" if hint else "")


def _described(definition: CustomDefinition) -> dict[str, object]:
    kinds = [{"apiVersion": kind.api_version, "kind": kind.kind} for kind in definition.kinds]
    return {"name": definition.name, "kinds": kinds}
