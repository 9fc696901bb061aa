"""Sources: what each file of `schemas/` is made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_HEAD = "# Written by `python -m itdo_platform_gen.schema.build`, as is every file that it names.\nfiles:\n"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content of one file comes from; an empty `digest` where no package is behind it."""

    file: str
    package: str
    version: str
    licence: str
    digest: str
    taken: str


def sources_text(contents: dict[str, str], sources: list[Source]) -> str:
    """Write the list of sources as YAML, with the digest of each file itself."""
    entries = []
    for source in sources:
        digest = hashlib.sha256(contents[source.file].encode()).hexdigest()
        entries.append(
            f"  - file: {source.file}\n"
            f"    sha256: {digest}\n"
            f'    package: "{source.package}"\n'
            f'    version: "{source.version}"\n'
            f"    licence: {source.licence}\n"
            f'    taken: "{source.taken}"\n' + (f"    package_sha256: {source.digest}\n" if source.digest else "")
        )
    return _HEAD + "".join(entries)
