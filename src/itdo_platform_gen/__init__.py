"""Turns declarative blueprints into checked YAML, and keeps it right for years.

from itdo_platform_gen import find_blueprint, render_blueprint

bundle = render_blueprint(find_blueprint("namespace-bundle"), {"name": "alice", "owner": "alice", "team": "orders"})
for path, file in bundle.items():
    print(path, file.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from itdo_platform_gen.blueprint.blueprint import Blueprint
    from itdo_platform_gen.blueprint.catalog import Catalog, find_blueprint
    from itdo_platform_gen.blueprint.loader import load_blueprint
    from itdo_platform_gen.checks.validate import validate
    from itdo_platform_gen.diagnostics import Diagnostic
    from itdo_platform_gen.errors import DiagnosticsError, PlatformGenError
    from itdo_platform_gen.platform.drift import compare
    from itdo_platform_gen.platform.platform import load_platform
    from itdo_platform_gen.platform.rendering import render_blueprint
    from itdo_platform_gen.render.bundle import Bundle

__all__ = [
    "Blueprint",
    "Bundle",
    "Catalog",
    "Diagnostic",
    "DiagnosticsError",
    "PlatformGenError",
    "compare",
    "find_blueprint",
    "load_blueprint",
    "load_platform",
    "render_blueprint",
    "validate",
]

# Names are imported when they are first used: a script that only validates needs no Jinja2.
_HOMES = {
    "Blueprint": "blueprint.blueprint",
    "Bundle": "render.bundle",
    "Catalog": "blueprint.catalog",
    "Diagnostic": "diagnostics",
    "DiagnosticsError": "errors",
    "PlatformGenError": "errors",
    "compare": "platform.drift",
    "find_blueprint": "blueprint.catalog",
    "load_blueprint": "blueprint.loader",
    "load_platform": "platform.platform",
    "render_blueprint": "platform.rendering",
    "validate": "checks.validate",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Give the public names."""
    return [*__all__, "__version__"]
