"""The command line: `platform-gen COMMAND`."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING

from itdo_platform_gen.errors import DiagnosticsError, PlatformGenError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

COMMANDS = (
    *("list", "show", "preview", "new", "update", "render", "diff", "check", "validate", "convert", "catalog"),
    *("checks", "explain", "schema", "derive"),
)
CLEAN, FINDINGS, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130

_EPILOG = """\
examples:
  platform-gen list
  platform-gen show namespace-bundle
  platform-gen preview namespace-bundle --set name=alice --set owner=alice --set team=orders
  platform-gen render examples/itdo-erp/platform.yaml
  platform-gen validate deploy/
  platform-gen explain K8S201

exit codes: 0 clean, 1 findings or drift, 2 wrong use, 3 a fault of ours"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, and give its exit code."""
    _write_any_text()
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = _parser(words).parse_args(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_USE
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except PlatformGenError as error:
        print(f"platform-gen: {error}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        # The reader has seen enough; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the one place that decides what a fault of ours looks like
        return _our_fault(error)
    return code


def run() -> None:
    """Run the command of the process's arguments, and exit with its code."""
    # Of the many parts of documents none refers back to another, and the process ends soon.
    gc.disable()
    code = main()
    # Without this, Python takes as long to forget a render as to make it.
    gc.freeze()
    sys.exit(code)


def _run(arguments: Namespace) -> int:
    try:
        os.getcwd()  # noqa: PTH109  not every command needs pathlib
    except OSError:
        raise PlatformGenError("the working folder is not there any more") from None
    try:
        code: int = import_module(f"itdo_platform_gen.cli.{arguments.command}").run(arguments)
    except DiagnosticsError as error:
        _report(error, arguments.format)
        return FINDINGS
    return code


def _write_any_text() -> None:
    """Let standard output and error take any text: YAML is UTF-8 everywhere, and names of files may not be."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser(words: Sequence[str]) -> ArgumentParser:
    """Make the parser, with the arguments of all commands or, where one is named, of that one."""
    parser = ArgumentParser(
        prog="platform-gen",
        description="Turn declarative blueprints into checked YAML.",
        epilog=_EPILOG,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(prog="platform-gen", dest="command", metavar="COMMAND", required=True)
    for name in words[:1] if words[:1] and words[0] in COMMANDS else COMMANDS:
        module = import_module(f"itdo_platform_gen.cli.{name}")
        examples = "".join(f"\n  {line}" for line in module.EXAMPLES.splitlines())
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=f"{module.HELP[0].upper()}{module.HELP[1:]}.",
            epilog=f"examples:{examples}",
            formatter_class=_Help,
        )
        module.add_arguments(command)
    return parser


class _Help(RawDescriptionHelpFormatter):
    """Formats help for a usual terminal: to ask for the width of this one would cost each command's start more."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


class _Version(Action):
    """Prints the version, which only then is looked up."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from itdo_platform_gen import __version__

        print(f"platform-gen {__version__}")
        parser.exit()


def _report(error: DiagnosticsError, form: str) -> None:
    from itdo_platform_gen.cli.output import write_diagnostics, write_json

    if form == "json":
        write_json(error.diagnostics)
    else:
        write_diagnostics(error.diagnostics)


def _our_fault(error: Exception) -> int:
    print(f"platform-gen: a fault of ours: {type(error).__name__}: {error}", file=sys.stderr)
    print("  please report it, with what PLATFORM_GEN_DEBUG=1 prints", file=sys.stderr)
    if os.environ.get("PLATFORM_GEN_DEBUG"):
        import traceback

        traceback.print_exc()
    return OUR_FAULT
