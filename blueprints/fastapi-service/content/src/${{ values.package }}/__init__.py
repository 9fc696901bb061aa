"""The service; its name, version and description are those of pyproject.toml."""

from importlib.metadata import metadata

_ABOUT = metadata(__name__)
NAME, VERSION, DESCRIPTION = _ABOUT["Name"], _ABOUT["Version"], _ABOUT["Summary"]
