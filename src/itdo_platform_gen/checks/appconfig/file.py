"""The files of an app-config, told by their names or by what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itdo_platform_gen.render.document import Document

BASE = "app-config.yaml"
"""The file that is always read, and that the others go before."""
_NAME = re.compile(r"app-config[\w.-]*\.ya?ml")


def is_app_config_name(file: str) -> bool:
    """Tell whether a file is an app-config by its name."""
    return _NAME.fullmatch(base_name(file)) is not None


def is_app_config(document: Document) -> bool:
    """Tell whether a document is an app-config: by the name of its file, or since it says where an app and backend are.

    What has an apiVersion or a kind is a resource, whatever its file is called.
    """
    data = document.data
    if not isinstance(data, dict) or "apiVersion" in data or "kind" in data:
        return False
    return is_app_config_name(document.file) or all(_has_address(data.get(part)) for part in ("app", "backend"))


def base_name(file: str) -> str:
    """Give the last part of a path."""
    return file.replace("\\", "/").rpartition("/")[2]


def _has_address(part: object) -> bool:
    return isinstance(part, dict) and "baseUrl" in part
