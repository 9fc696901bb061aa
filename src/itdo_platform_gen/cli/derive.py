"""`platform-gen derive`: the files that follow from a blueprint, beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.blueprint.blueprint import Blueprint

HELP = "write what follows from a blueprint: copier.yml, template.yaml, values.schema.json, README.md"
EXAMPLES = (
    "platform-gen derive blueprints/fastapi-service\n"
    "platform-gen derive blueprints --together copier.yml\n"
    "platform-gen derive blueprints --together copier.yml --check"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    from itdo_platform_gen.cli.common import add_blueprints, add_format

    parser.add_argument(
        "blueprints_given",
        metavar="BLUEPRINT",
        nargs="*",
        default=["."],
        help="a blueprint's name, its folder, or a folder of blueprints (default: the working folder)",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file would change")
    parser.add_argument(
        "--together",
        metavar="FILE",
        type=Path,
        help="one copier.yml for all of them too, for the root of the git repository",
    )
    add_blueprints(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Write what differs, and say what."""
    from itdo_platform_gen.cli.output import write_json
    from itdo_platform_gen.derive.files import derived_files, joint_files

    blueprints = [found for given in arguments.blueprints_given for found in _found(given, arguments)]
    files = {path: text for blueprint in blueprints for path, text in derived_files(blueprint).items()}
    if arguments.together:
        files |= joint_files(arguments.together, blueprints)
    changed = [path for path, text in files.items() if _read(path) != text.encode()]
    if not arguments.check:
        for path in changed:
            _write(path, files[path])
    if arguments.format == "json":
        write_json([], files=[{"path": str(path), "changed": path in changed} for path in files])
    else:
        for path in changed:
            print(f"{'differs from its blueprint' if arguments.check else 'derived'}: {path}")
        if arguments.check and changed:
            print("`platform-gen derive` writes them anew")
    return 1 if arguments.check and changed else 0


def _found(given: str, arguments: Namespace) -> list[Blueprint]:
    """Give the blueprints that an argument means."""
    from itdo_platform_gen.blueprint.headline import FILE
    from itdo_platform_gen.blueprint.loader import load_blueprint
    from itdo_platform_gen.cli.common import find_catalog
    from itdo_platform_gen.errors import PlatformGenError

    folder = Path(given)
    if (folder / FILE).is_file():
        return [load_blueprint(folder)]
    if not folder.is_dir():
        return [find_catalog(arguments).find(given)]
    inside = sorted(file.parent for file in folder.glob(f"*/{FILE}"))
    if not inside:
        raise PlatformGenError(f"{given}: there is no blueprint.yaml, neither here nor in a folder inside")
    return [load_blueprint(each) for each in inside]


def _read(path: Path) -> bytes | None:
    from itdo_platform_gen.errors import PlatformGenError

    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlatformGenError(f"{path}: cannot be read: {error.strerror}") from None


def _write(path: Path, text: str) -> None:
    from itdo_platform_gen.errors import PlatformGenError

    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    except OSError as error:
        raise PlatformGenError(f"{path}: cannot be written: {error.strerror}") from None
