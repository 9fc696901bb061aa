"""The official conversion: what the webhook of Tekton Pipelines makes of a document, by the code that it runs."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from conformance import gomodules

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODULE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Official:
    """The built program."""

    program: Path

    def ask(self, do: Literal["raise", "read", "lower"], documents: Mapping[str, str]) -> dict[str, Any]:
        """Have documents converted, each the text of one by any name; one that is not taken gives its reason, a string.

        Raises CalledProcessError where the program fails.
        """
        asked = "".join(json.dumps({"id": name, "do": do, "yaml": text}) + "\n" for name, text in documents.items())
        told = subprocess.run([self.program], input=asked.encode(), stdout=subprocess.PIPE, check=True)
        answers = map(json.loads, told.stdout.splitlines())
        return {answer["id"]: answer.get("error") or answer["data"] for answer in answers}


def build() -> Official:
    """Build the program.

    Raises CalledProcessError where Go cannot build it.
    """
    return Official(gomodules.build(_MODULE, "tekton-convert") / "tekton-convert")
