"""The shape of the package, which docs and folders promise: who imports whom, what stands where."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import itdo_platform_gen

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(itdo_platform_gen.__file__).parent
MODULES = {str(file.relative_to(PACKAGE)): file for file in sorted(PACKAGE.rglob("*.py"))}

# The stations of the data flow: each imports from itself and those before it.
ORDER = [
    {"diagnostics", "errors"},
    {"shipped", "installed", "processes"},
    {"syntax"},
    {"schema"},
    {"blueprint"},
    {"render"},
    {"checks"},
    {"convert"},
    {"reports"},
    {"platform"},
    {"derive"},
    {"testing"},
    {"cli"},
]
STATIONS = {name: number for number, names in enumerate(ORDER) for name in names}
WITHIN = [module for module in MODULES if module not in {"__init__.py", "__main__.py"}]
CORE = [module for module in MODULES if not module.startswith("cli/")]

DOORS = {
    "ruamel": {"syntax/yaml.py"},
    "copier": {"platform/update.py"},
    "jinja2": {"syntax/jinja.py"},
    "jsonschema": {"schema/validator.py"},
    "jsonschema_rs": {"schema/validator.py"},
    "pydantic": {"blueprint/model.py", "platform/model.py", "derive/formats.py"},
}
UNKNOWN_HERE = {"markupsafe", "pytest", "referencing", "yaml"}
FICKLE = {"datetime", "random", "secrets", "time", "uuid"}

LONGEST = 300
LONGER_FOR_A_REASON: dict[str, str] = {}


def test_imports_run_one_way() -> None:
    """A module imports from its own station and those before it, inside functions and for types too."""
    wrong = {}
    for module in WITHIN:
        here = STATIONS[_station(module)]
        wrong[module] = [name for name in _own_imports(module) if STATIONS.get(name, len(ORDER)) > here]
    assert _faults(wrong) == {}


def test_every_module_has_a_station() -> None:
    """A new folder has a place in the order."""
    assert {_station(module) for module in WITHIN} == STATIONS.keys()


def test_one_door_to_each_dependency() -> None:
    """A dependency is imported by one module, so that it can be replaced there."""
    imported = {module: {name.partition(".")[0] for name in _imports(module)} for module in MODULES}
    assert {door: {module for module in MODULES if door in imported[module]} for door in DOORS} == DOORS
    assert _faults({module: imported[module] & UNKNOWN_HERE for module in MODULES}) == {}


def test_only_the_command_line_prints() -> None:
    """Everything else gives values back."""
    assert _faults({module: {"print", "sys.stdout", "sys.stderr"} & _names(module) for module in CORE}) == {}


def test_only_the_command_line_reads_the_environment() -> None:
    """The same input gives the same bytes, whoever runs it and where."""
    assert _faults({module: {"os.environ", "os.environb", "os.getenv"} & _names(module) for module in CORE}) == {}


def test_nothing_fickle() -> None:
    """No clock, no randomness: the same input gives the same bytes, today and in years."""
    assert _faults({module: {n.partition(".")[0] for n in _imports(module)} & FICKLE for module in MODULES}) == {}


def test_modules_fit_in_the_head() -> None:
    """A longer module asks for a reason."""
    lengths = {module: len(file.read_text("utf-8").splitlines()) for module, file in MODULES.items()}
    longer = {module: length for module, length in lengths.items() if length > LONGEST}
    assert longer.keys() == LONGER_FOR_A_REASON.keys(), longer


def test_modules_say_what_they_are() -> None:
    """A module that holds something starts with a docstring."""
    assert [m for m in MODULES if _parsed(m).body and not ast.get_docstring(_parsed(m))] == []


def test_public_names_are_written_alike() -> None:
    """`__all__`, the imports for type checkers and the homes that names are imported from at run time agree."""
    written = {
        alias.name: node.module.removeprefix("itdo_platform_gen.")
        for node in ast.walk(_parsed("__init__.py"))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("itdo_platform_gen.")
        for alias in node.names
    }
    assert written == itdo_platform_gen._HOMES  # noqa: SLF001
    assert itdo_platform_gen.__all__ == sorted(written)
    assert dir(itdo_platform_gen) == sorted([*written, "__version__"])


@pytest.mark.parametrize("name", itdo_platform_gen.__all__)
def test_public_name_is_there_and_described(name: str) -> None:
    """A public name can be imported, is no module's, and has a docstring, as have its public parts."""
    found = getattr(itdo_platform_gen, name)
    assert not {name, f"{name}.py"} & {path.name for path in PACKAGE.iterdir()}, "a module would take its place"
    home = import_module(f"itdo_platform_gen.{itdo_platform_gen._HOMES[name]}")  # noqa: SLF001
    assert getattr(home, name) is found
    assert found.__doc__
    if isinstance(found, type):
        parts = {part: value for part, value in vars(found).items() if not part.startswith("_")}
        described = {part: getattr(value, "__func__", value) for part, value in parts.items()}
        ours = {part: value for part, value in described.items() if callable(value) or isinstance(value, property)}
        assert [part for part, value in ours.items() if not value.__doc__] == []


def test_unknown_public_name() -> None:
    """A name that is not public is missing as from any module."""
    with pytest.raises(AttributeError, match=r"module 'itdo_platform_gen' has no attribute 'nothing'"):
        itdo_platform_gen.nothing  # noqa: B018


RENDER = """\
from itdo_platform_gen import find_blueprint, render_blueprint
assert render_blueprint(find_blueprint("namespace-bundle"), {"name": "alice", "owner": "alice", "team": "orders"})
"""


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import itdo_platform_gen", {*DOORS, *UNKNOWN_HERE, "argparse"}),
        ("from itdo_platform_gen.cli.main import main; main(['list'])", {*DOORS, *UNKNOWN_HERE}),
        ("from itdo_platform_gen import validate; validate([])", {"jinja2", "jsonschema", "pydantic"}),
        (RENDER, {"jsonschema", "pydantic", *(UNKNOWN_HERE - {"markupsafe"})}),
    ],
    ids=["import", "list", "validate", "render"],
)
def test_start_stays_light(code: str, absent: set[str]) -> None:
    """What is slow to import is imported by what needs it, when it needs it."""
    report = f"{code}\nimport sys\nprint('loaded:', *sorted({absent!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == ["loaded:"]


def _station(module: str) -> str:
    return module.partition("/")[0].removesuffix(".py")


@cache
def _parsed(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def _imports(module: str) -> Iterator[str]:
    """Give the full names that a module imports, wherever it does."""
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _own_imports(module: str) -> Iterator[str]:
    """Give the stations that a module imports from; `itdo_platform_gen` itself is no station."""
    for name in _imports(module):
        package, _, rest = name.partition(".")
        station = rest.partition(".")[0]
        if package == "itdo_platform_gen" and station and not station.startswith("__"):
            yield station


def _names(module: str) -> set[str]:
    """Give the names that a module uses or imports: `a`, and `a.b`."""
    names = set(_imports(module))
    for node in ast.walk(_parsed(module)):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names.add(f"{node.value.id}.{node.attr}")
    return names


def _faults(found: dict[str, Any]) -> dict[str, Any]:
    return {module: faults for module, faults in found.items() if faults}
