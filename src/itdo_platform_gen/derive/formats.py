"""The JSON Schemas of our own files, derived from their models: `python -m itdo_platform_gen.derive.formats`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from itdo_platform_gen.blueprint.model import BlueprintFile
from itdo_platform_gen.platform.model import PlatformFile
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from pydantic import BaseModel

FORMATS: dict[str, type[BaseModel]] = {"blueprint": BlueprintFile, "platform": PlatformFile}


def format_schema(name: str) -> str:
    """Give the text of `schemas/NAME.json`, which editors complete from and files are checked against."""
    schema = FORMATS[name].model_json_schema(by_alias=True)
    document = {"$schema": "http://json-schema.org/draft-07/schema#", **_plain(schema)}
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return text.replace("#/$defs/", "#/definitions/").replace('"$defs"', '"definitions"') + "\n"


def _plain(schema: Any) -> Any:
    """Leave out the titles that pydantic makes of field names, and null beside a type: a key is there or not."""
    if isinstance(schema, list):
        return [_plain(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {
        key: {name: _plain(inner) for name, inner in value.items()} if key in {"properties", "$defs"} else _plain(value)
        for key, value in schema.items()
        if key != "title" and not (key == "default" and value is None)
    }
    options = [option for option in plain.get("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        del plain["anyOf"]
        plain = {**options[0], **plain}
    return plain


def main() -> None:
    """Write the schemas of all formats."""
    for name in FORMATS:
        (shipped("schemas") / f"{name}.json").write_text(format_schema(name), "utf-8")


if __name__ == "__main__":
    main()
