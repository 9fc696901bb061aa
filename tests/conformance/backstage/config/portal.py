"""Portal: Backstage's own loader, schemas and backend, asked what they say of an app-config.

npm installs the backend of a portal into a folder of the user's cache, a minute's work that later runs find done; the
packages of which only the schema counts are unpacked beside it. `judge.cjs` says what a job is.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance import npm

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "package.json"
_LONGEST = 900
_AT_ONCE = 4
_JOBS, _PROCESSES = 100, 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Backstage says of the files of one portal: nothing of a stage that it did not come to."""

    load: str = ""
    """Why the files cannot be read."""
    schema: tuple[str, ...] = ()
    """What the strict schema refuses."""
    start: tuple[str, ...] = ()
    """Why the backend does not start."""
    data: Any = None
    """The merged result, with the variables in it."""
    seen: Any = None
    """What the job asked to see of the portal that started."""

    @property
    def accepted(self) -> bool:
        """Whether the files are read, valid, and start a portal."""
        return not (self.load or self.schema or self.start)

    @property
    def reason(self) -> str:
        """The words of the first stage that refuses."""
        return self.load or "; ".join(self.schema or self.start)


def node_modules() -> Path:
    """Give the folder of installed packages; skip or fail the test where they cannot be had."""
    return npm.installed(PACKAGE, "backstage-portal", _add_schemas)


def _add_schemas(folder: Path) -> None:
    modules = folder / "node_modules"
    wanted = json.loads(PACKAGE.read_text("utf-8"))["flat"]
    missing = {name: version for name, version in wanted.items() if not (modules / name).exists()}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda pair: _unpack(f"{pair[0]}@{pair[1]}", modules / pair[0]), missing.items()))
    app = modules / "app"
    (app / "dist/static").mkdir(parents=True)
    (app / "package.json").write_text('{"name": "app", "version": "0.0.0", "backstage": {"role": "frontend"}}\n')
    (app / "dist/index.html").write_text("<html><head></head></html>\n")


def _unpack(package: str, folder: Path) -> None:
    told = npm.run(["npm", "pack", "--silent", "--ignore-scripts", package], folder.parents[2])
    archive = folder.parents[2] / told.split()[-1]
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            place = folder / Path(*Path(member.name).parts[1:])
            if content is not None and place.suffix in {".json", ".ts"} and place.is_relative_to(folder):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content.read())
    archive.unlink()


def ask(modules: Path, jobs: Mapping[str, Mapping[str, Any]], scratch: Path) -> dict[str, Verdict]:
    """Give the verdict on each job, by the same names; nothing stays in the scratch folder.

    Each portal that was started leaves something behind in its process, so that a new one is taken now and then.
    """
    lines = [json.dumps({"id": name, **job}) for name, job in jobs.items()]
    parts = [lines[start : start + _JOBS] for start in range(0, len(lines), _JOBS)]
    with ThreadPoolExecutor(_PROCESSES) as pool:
        answers = [answer for part in pool.map(lambda part: _ask(modules, part, scratch), parts) for answer in part]
    return {answer.pop("id"): _verdict(answer) for answer in answers}


def _ask(modules: Path, lines: list[str], scratch: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", HERE / "judge.cjs", modules, scratch],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def _verdict(answer: dict[str, Any]) -> Verdict:
    schema, start = (tuple(answer.get(stage, ())) for stage in ("schema", "start"))
    return Verdict(answer.get("load", ""), schema, start, answer.get("data"), answer.get("seen"))
