"""Documents: what YAML files of others hold, as far as it is resources that a server could be sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


def read_documents(file: Path) -> list[dict[str, Any]]:
    """Give the resources in a file that have a name, or the start of one; none where it is no YAML."""
    try:
        found = list(yaml.load_all(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except (UnicodeDecodeError, yaml.YAMLError):
        return []  # a template, or a fault on purpose
    return [document for document in found if _is_resource(document)]


def _is_resource(document: Any) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("metadata"), dict):
        return False
    metadata = document["metadata"]
    name = metadata.get("name", metadata.get("generateName"))
    texts = (document.get("apiVersion"), document.get("kind"), name, metadata.get("namespace", ""))
    if not all(isinstance(text, str) and "{{" not in text for text in texts):
        return False
    try:
        json.dumps(document)
    except TypeError:
        return False  # a date, which a server would read as text
    return True
