"""The pages of checks, made from the rules themselves: `python -m itdo_platform_gen.derive.pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itdo_platform_gen.reports.codes import codes
from itdo_platform_gen.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itdo_platform_gen.reports.codes import Code

INDEX = "README.md"
_EFFECTS = {
    "refused": "**refused**: the server takes no such document.",
    "fails": "**fails**: the server takes the document, and then it cannot work.",
    "advice": "**advice**: it works, and could be better.",
}


def pages() -> dict[str, str]:
    """Give the text of every page in `docs/checks/`, by file name."""
    described = [code for code in codes().values() if code.has_page]
    return {INDEX: _index(described), **{f"{code.code}.md": _page(code) for code in described}}


def _index(described: list[Code]) -> str:
    rows = [f"| [{c.code}]({c.code}.md) | {c.effect} | {c.severity} | {_cell(c.title)} |" for c in described]
    head = (
        "# Checks\n\nWhat is checked beyond the schemas; every other code is in [diagnostics](../diagnostics.md).\n\n"
    )
    return head + "\n".join(["| code | effect | severity | about |", "|---|---|---|---|", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _page(code: Code) -> str:
    return "\n".join(_lines(code))


def _lines(code: Code) -> Iterator[str]:
    yield f"# {code.code}: {code.title}"
    yield ""
    yield code.reason
    yield ""
    yield f"- Effect: {_EFFECTS[code.effect]}"
    yield f"- Severity: {code.severity}, unless a platform file says otherwise."
    if code.since and code.until:
        yield f"- Kubernetes: {code.since} to {code.until}."
    yield f"- Way out: {code.fix}"
    yield ""
    if code.bad:
        yield from _example("Wrong", code.bad)
        yield from _example("Right", code.good)


def _example(title: str, yaml: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield "```yaml"
    yield yaml.strip("\n")
    yield "```"
    yield ""


def main() -> None:
    """Write the pages, and remove those of codes that are no more."""
    folder = shipped("docs") / "checks"
    folder.mkdir(exist_ok=True)
    made = pages()
    for page in folder.glob("*.md"):
        if page.name not in made:
            page.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
