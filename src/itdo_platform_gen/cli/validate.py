"""`platform-gen validate`: any Kubernetes YAML, strict and offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.checks.settings import Settings
    from itdo_platform_gen.checks.validate import Validation
    from itdo_platform_gen.cli.inputs import Inputs

HELP = "check any Kubernetes YAML, strict and offline"
EXAMPLES = (
    "platform-gen validate deploy/ --target kubernetes=1.34\n"
    "helm template ./chart | platform-gen validate -\n"
    "platform-gen validate 'deploy/**/*.yaml' --target kubernetes=1.33..1.36\n"
    "platform-gen validate deploy/ --format sarif > platform-gen.sarif"
)
_UNKNOWN_KIND = "K8S004"
_MUCH = 500_000
_MOST_PROCESSES = 4
FORMATS = ("text", "json", "sarif", "github", "junit")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_targets

    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a YAML or JSON file, a folder of them, a pattern, or - for input"
    )
    add_targets(parser)
    parser.add_argument("--config", metavar="FILE", type=Path, help="a platform file, whose settings of checks hold")
    parser.add_argument(
        "--pod-security",
        choices=("baseline", "restricted"),
        help="the level that pods are held to where no Namespace says one",
    )
    parser.add_argument(
        "--schemas",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="a folder of your own CRDs, besides ./schemas (see platform-gen schema)",
    )
    parser.add_argument("--each", action="store_true", help="make every file its own world: nothing refers to others")
    parser.add_argument("--strict", action="store_true", help="make a kind that is not known an error")
    parser.add_argument("--fix", action="store_true", help="change the files where a fault has one safe answer")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text for people (the default) or another")


def run(arguments: Namespace) -> int:
    """Print what a server would refuse, or take and then fail on."""
    from itdo_platform_gen.checks.validate import examine
    from itdo_platform_gen.cli.around import FilesAround
    from itdo_platform_gen.cli.inputs import read_inputs
    from itdo_platform_gen.diagnostics import has_errors, in_order

    settings, versions = _settings(arguments)
    inputs = read_inputs(arguments.files)
    fixed = _fix(inputs, versions[-1]) if arguments.fix else []
    found = examine(
        inputs.texts,
        versions,
        settings=settings,
        each=arguments.each,
        walked=inputs.walked,
        processes=_processes(inputs),
        files=FilesAround(),
    )
    found.diagnostics[:] = in_order([*inputs.problems, *found.diagnostics])
    _print(arguments.format, found, inputs, fixed)
    return 1 if has_errors(found.diagnostics) else 0


def _settings(arguments: Namespace) -> tuple[Settings, tuple[str, ...]]:
    """Give the settings of the platform file, if one is named, under those of the command line."""
    from dataclasses import replace

    from itdo_platform_gen.checks.settings import Setting, Settings
    from itdo_platform_gen.schema.store import kubernetes_versions

    settings, version = Settings(), None
    if arguments.config is not None:
        from itdo_platform_gen.platform.platform import load_platform

        platform = load_platform(arguments.config)
        settings, version = platform.settings, platform.kubernetes
    if arguments.strict:
        strict = Setting(_UNKNOWN_KIND, "error", "--strict")
        settings = replace(settings, entries=(*settings.entries, strict))
    if arguments.pod_security is not None:
        settings = replace(settings, pod_security=arguments.pod_security)
    folders = (Path("schemas"), *settings.schemas, *arguments.schemas)
    settings = replace(settings, schemas=tuple(dict.fromkeys(folders)))
    return settings, arguments.target or (version or kubernetes_versions()[-1],)


def _processes(inputs: Inputs) -> int:
    """Tell how many processes are worth their start: one where there is little to read."""
    import os

    much = sum(len(text.content) for text in inputs.texts) > _MUCH
    return min(os.cpu_count() or 1, _MOST_PROCESSES) if much else 1


def _fix(inputs: Inputs, version: str) -> list[str]:
    """Change the files, and give a line for each change."""
    from itdo_platform_gen.checks.fixes import fixed
    from itdo_platform_gen.errors import PlatformGenError
    from itdo_platform_gen.platform.rewrite import rewrite

    told: list[str] = []
    for place, text in enumerate(inputs.texts):
        file = inputs.files.get(text.name)
        if file is None:
            message = "--fix changes files, and standard input is none"
            raise PlatformGenError(message)
        changed, changes = fixed(text, version)
        if changes:
            rewrite(file, changed.content)
            inputs.texts[place] = changed
            told += changes
    return told


def _print(form: str, found: Validation, inputs: Inputs, fixed: list[str]) -> None:
    if form == "json":
        from itdo_platform_gen.cli.output import write_json

        counts = {"documents": len(found.documents), "turned_off": found.turned_off}
        write_json(found.diagnostics, **counts, **({"fixed": fixed} if fixed else {}))
    elif form == "sarif":
        from itdo_platform_gen.reports.sarif import sarif

        print(sarif(found.diagnostics), end="")
    elif form == "junit":
        from itdo_platform_gen.reports.junit import junit

        print(junit(found.diagnostics, (text.name for text in inputs.texts)), end="")
    else:
        _print_lines(form, found, fixed)


def _print_lines(form: str, found: Validation, fixed: list[str]) -> None:
    import sys

    from itdo_platform_gen.cli.output import count, write_diagnostics
    from itdo_platform_gen.diagnostics import printable, summary

    for line in fixed:
        print(printable(line))
    if form == "github":
        from itdo_platform_gen.reports.github import github

        print(github(found.diagnostics), end="")
    else:
        write_diagnostics(found.diagnostics, sys.stdout)
    parts = [count(number, name[:-1]) for name, number in summary(found.diagnostics).items() if number]
    parts = parts or ["no findings"]
    if fixed:
        parts.append(f"{len(fixed)} fixed")
    if found.turned_off:
        parts.append(f"{found.turned_off} turned off")
    print(f"{count(len(found.documents), 'document')}: {', '.join(parts)}")
