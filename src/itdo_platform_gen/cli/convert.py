"""`platform-gen convert`: Tekton's v1beta1 becomes v1, and comments stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.cli.inputs import Inputs
    from itdo_platform_gen.convert.convert import Conversion
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.syntax.mark import Text

HELP = "convert Tekton YAML from v1beta1 to v1, with comments and layout kept"
EXAMPLES = (
    "platform-gen convert pipeline.yaml\n"
    "platform-gen convert .tekton/ --diff\n"
    "platform-gen convert ci/ --write\n"
    "kubectl get pipeline build -o yaml | platform-gen convert -"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_format

    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a YAML or JSON file, a folder of them, a pattern, or - for input"
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--write", action="store_true", help="change the files, and print which")
    way.add_argument("--diff", action="store_true", help="print a unified diff; exit with 1 where there is something")
    parser.add_argument(
        "--cluster-tasks-in",
        metavar="NAMESPACE",
        type=_namespace,
        help="where Tasks stand that were ClusterTasks: references to these become ones by the cluster resolver",
    )
    add_format(parser)


def _namespace(text: str) -> str:
    import re

    if re.fullmatch(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?", text) is None:
        raise ValueError(text)
    return text


_namespace.__name__ = "namespace"


def run(arguments: Namespace) -> int:
    """Print what the files become, or change them."""
    from itdo_platform_gen.cli.inputs import STDIN, read_inputs
    from itdo_platform_gen.cli.output import write_diagnostics
    from itdo_platform_gen.convert.convert import Conversion, convert
    from itdo_platform_gen.diagnostics import has_errors
    from itdo_platform_gen.errors import PlatformGenError

    if arguments.write and STDIN in arguments.files:
        message = "--write changes files, and standard input is none"
        raise PlatformGenError(message)
    inputs = read_inputs(arguments.files)
    conversions = [
        convert(text, cluster_tasks_in=arguments.cluster_tasks_in)
        if _concerns(text, inputs)
        else Conversion(text, (), [])
        for text in inputs.texts
    ]
    found = [*inputs.problems, *(problem for conversion in conversions for problem in conversion.diagnostics)]
    changed = [conversion for conversion in conversions if conversion.converted]
    if arguments.write:
        changed = _written(inputs, changed, found)
    diffs = {text.name: _diff(text, conversion) for text, conversion in zip(inputs.texts, conversions, strict=True)}
    if arguments.format == "json":
        _print_json(conversions, found, diffs if arguments.diff else None)
    elif arguments.write:
        _print_written(conversions, changed)
    elif arguments.diff:
        print("".join(diffs.values()), end="")
    else:
        _print_texts(conversions)
    if arguments.format == "text":
        write_diagnostics(found)
    return 1 if has_errors(found) or (arguments.diff and changed) else 0


def _concerns(text: Text, inputs: Inputs) -> bool:
    """Tell whether a text is to be read: of a folder's files only those that name Tekton are."""
    return text.name not in inputs.walked or "tekton.dev" in text.content


def _written(inputs: Inputs, changed: list[Conversion], found: list[Diagnostic]) -> list[Conversion]:
    """Change the files, and give what could be written."""
    from itdo_platform_gen.errors import DiagnosticsError
    from itdo_platform_gen.platform.rewrite import rewrite

    done = []
    for conversion in changed:
        try:
            rewrite(inputs.files[conversion.text.name], conversion.text.content)
        except DiagnosticsError as error:
            found += error.diagnostics
        else:
            done.append(conversion)
    return done


def _diff(text: Text, conversion: Conversion) -> str:
    """Write what becomes of a text as a unified diff."""
    from difflib import unified_diff

    before, after = (content.split("\n") for content in (text.content, conversion.text.content))
    name = text.name.lstrip("/")
    found = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def _lines(parts: list[str]) -> list[str]:
    """End every line as it was: the last one with nothing, and none where that is empty."""
    return [f"{part}\n" for part in parts[:-1]] + [part for part in parts[-1:] if part]


def _print_texts(conversions: list[Conversion]) -> None:
    """Print the whole texts, those of several files as one stream of documents."""
    texts = [conversion.text.content for conversion in conversions if conversion.is_readable]
    for number, text in enumerate(texts):
        if number:
            print("" if texts[number - 1].endswith("\n") else "\n", end="")
            print("" if text.startswith("---") else "---\n", end="")
        print(text, end="")


def _print_written(conversions: list[Conversion], changed: list[Conversion]) -> None:
    from itdo_platform_gen.cli.output import count
    from itdo_platform_gen.diagnostics import printable

    for conversion in changed:
        print(printable(f"converted  {conversion.text.name}: {', '.join(conversion.converted)}"))
    print(f"{count(len(conversions), 'file')}: {len(changed) or 'none'} converted")


def _print_json(conversions: list[Conversion], found: list[Diagnostic], diffs: dict[str, str] | None) -> None:
    from itdo_platform_gen.cli.output import write_json

    files = [
        {"file": conversion.text.name, "converted": list(conversion.converted)}
        | ({"diff": diffs[conversion.text.name]} if diffs is not None else {"text": conversion.text.content})
        for conversion in conversions
    ]
    write_json(found, files=files)
