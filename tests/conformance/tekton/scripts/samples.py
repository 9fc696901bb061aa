"""Samples: small repositories in each language, clean or with a fault, laid out as folders."""

from __future__ import annotations

from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "samples"


def languages() -> list[str]:
    """Name the languages there are samples of."""
    return [file.stem for file in sorted(_FOLDER.glob("*.yaml"))]


def faults() -> list[tuple[str, str]]:
    """Give each language with each fault it is shown with."""
    return [(language, state) for language in languages() for state in _sample(language) if state != "clean"]


def lay_out(folder: Path, language: str, fault: str = "") -> Path:
    """Write a sample into a folder, with a fault over it."""
    sample = _sample(language)
    files = sample["clean"] | (sample[fault] if fault else {})
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def _sample(language: str) -> dict[str, dict[str, str]]:
    loaded = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded
