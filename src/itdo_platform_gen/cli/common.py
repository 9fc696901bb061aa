"""What several commands take."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from itdo_platform_gen.blueprint.catalog import Catalog
    from itdo_platform_gen.platform.platform import Platform

_TARGETS = ("kubernetes",)


def add_format(parser: ArgumentParser) -> None:
    """Let a command speak to people or programs."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people (the default) or json"
    )


def add_blueprints(parser: ArgumentParser) -> None:
    """Let a command find blueprints in further folders."""
    parser.add_argument(
        "--blueprints",
        metavar="FOLDER",
        type=_folder,
        action="append",
        default=[],
        help="a further folder of blueprints, searched first",
    )


def _folder(text: str) -> Path:
    folder = Path(text)
    try:
        found = folder.is_dir()
    except OSError:  # such as a name that is too long
        found = False
    if not found:
        raise ValueError(text)
    return folder


_folder.__name__ = "folder"


def add_platform(parser: ArgumentParser) -> None:
    """Let a command take a platform file."""
    parser.add_argument(
        "platform",
        metavar="PLATFORM_FILE",
        type=Path,
        nargs="?",
        default=Path("platform.yaml"),
        help="the platform file (default: ./platform.yaml)",
    )


def add_target(parser: ArgumentParser) -> None:
    """Let a command check for a version of Kubernetes."""
    parser.add_argument(
        "--target",
        metavar="kubernetes=1.34",
        type=_target,
        default=None,
        help="the version to check for (default: the latest)",
    )


def _target(text: str) -> str:
    name, _, version = text.partition("=")
    if name not in _TARGETS or not version:
        raise ValueError(text)
    return version


_target.__name__ = "target"


def add_targets(parser: ArgumentParser) -> None:
    """Let a command check for one or several versions of Kubernetes, oldest first."""
    parser.add_argument(
        "--target",
        metavar="kubernetes=1.34",
        type=_targets,
        default=None,
        help="the version to check for (default: the latest), or several: kubernetes=1.30..1.36",
    )


def _targets(text: str) -> tuple[str, ...]:
    from itdo_platform_gen.schema.store import kubernetes_versions

    first, dots, last = _target(text).partition("..")
    if not dots:
        return (first,)
    known = kubernetes_versions()
    if first not in known or last not in known or known.index(first) > known.index(last):
        raise ArgumentTypeError(f"{text!r} is no range; there is: {', '.join(known)}")
    return known[known.index(first) : known.index(last) + 1]


_targets.__name__ = "target"


def add_values(parser: ArgumentParser) -> None:
    """Let a command take values."""
    parser.add_argument(
        "--values",
        metavar="FILE",
        action="append",
        default=[],
        help="a YAML file of values, or - for standard input",
    )
    add_set(parser, "one value; NAME may be dotted, VALUE is JSON or else text; goes before --values")


def add_set(parser: ArgumentParser, said: str) -> None:
    """Let a command take values one by one."""
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], type=_assignment, help=said)


def _assignment(text: str) -> str:
    name, sign, _ = text.partition("=")
    if not sign or not all(name.split(".")):
        raise ValueError(text)
    text.encode()  # what the shell gave may not be UTF-8, which is a ValueError too
    return text


_assignment.__name__ = "NAME=VALUE"


def find_catalog(arguments: Namespace) -> Catalog:
    """Give the catalog that a command's arguments name."""
    from itdo_platform_gen.blueprint.catalog import Catalog

    return Catalog.of(arguments.blueprints)


def find_platform(arguments: Namespace) -> Platform:
    """Read the platform file that a command's arguments name."""
    from itdo_platform_gen.platform.platform import load_platform

    return load_platform(arguments.platform)
