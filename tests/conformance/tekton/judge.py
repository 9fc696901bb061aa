"""The judge: what the admission webhooks of Tekton Pipelines and Triggers say, by the code that they run.

The program in `judge/` is built by Go into a folder of the user's cache: the first build takes some minutes, and later
ones what it takes Go to see that nothing changed. It is asked about thousands of documents in a second or two.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conformance import gomodules

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULE = Path(__file__).parent / "judge"
"""Where Go finds what to build."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the webhooks say of a document, with their words for a refusal."""

    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """The built program."""

    program: Path

    def verdicts(self, documents: Mapping[str, str]) -> dict[str, Verdict]:
        """Ask about documents, each the text of one by any name; gives the answers by the same names.

        Raises CalledProcessError where the program fails.
        """
        asked = "".join(json.dumps({"id": name, "yaml": text}) + "\n" for name, text in documents.items())
        told = subprocess.run([self.program], input=asked.encode(), stdout=subprocess.PIPE, check=True)
        answers = map(json.loads, told.stdout.splitlines())
        return {answer["id"]: Verdict(answer["accepted"], answer.get("reason", "")) for answer in answers}


def build() -> Judge:
    """Build the program.

    Raises CalledProcessError where Go cannot build it.
    """
    return Judge(gomodules.build(MODULE, "tekton-judge") / "tekton")


def module_folder(path: str) -> Path:
    """Give the folder of a module that the program is built from, in Go's cache."""
    listed = ["go", "list", "-m", "-f", "{{.Dir}}", path]
    return Path(subprocess.run(listed, cwd=MODULE, capture_output=True, text=True, check=True).stdout.strip())
