"""How long making a repository takes, against bare Jinja2 and against Copier: `python benchmarks/new.py [RUNS]`.

Three whole processes, in turn, so that what slows the machine slows all: `platform-gen new fastapi-service`, a script
that does nothing but render the same tree with Jinja2, names too, and write it, and `copier copy` from the same folder.
The files that come out are compared first.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from itdo_platform_gen.blueprint.loader import load_blueprint
from itdo_platform_gen.blueprint.values import taken

BLUEPRINT = Path(__file__).resolve().parents[1] / "blueprints/fastapi-service"
GIVEN = {"name": "orders", "description": "Takes orders.", "owner": "group:default/orders", "repo_name": "orders"}
GIVEN_TOO = {"cache_required": True}
BARE = """\
import json, os, sys
from jinja2 import Environment, StrictUndefined
source, target, values = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
environment = Environment(
    variable_start_string="${{", variable_end_string="}}", trim_blocks=True, lstrip_blocks=True,
    keep_trailing_newline=True, undefined=StrictUndefined,
)
known = {"values": values, "_copier_answers": {"_commit": "", "_src_path": ""}}
def rendered(text):
    return environment.from_string(text).render(known) if "{" in text else text
def walk(folder, made):
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = rendered(entry.name.removesuffix(".jinja"))
        if not name:
            continue
        place = os.path.join(made, name)
        if entry.is_dir():
            os.makedirs(place, exist_ok=True)
            walk(entry.path, place)
        elif entry.name.endswith(".jinja"):
            with open(entry.path, encoding="utf-8") as file, open(place, "w", encoding="utf-8") as out:
                out.write(rendered(file.read()))
        else:
            with open(entry.path, "rb") as file, open(place, "wb") as out:
                out.write(file.read())
os.makedirs(target)
walk(source, target)
"""


def timed(command: list[str], target: Path) -> float:
    """Give the seconds that a process takes to make the target, which is removed before."""
    shutil.rmtree(target, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return perf_counter() - started


def tree(folder: Path) -> dict[str, bytes]:
    """Give the files below a folder, without the one that says where they come from."""
    files = {str(file.relative_to(folder)): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {name: file.read_bytes() for name, file in files.items() if name != ".copier-answers.yml"}


def main(runs: int) -> None:
    """Print the ratios."""
    given = {**GIVEN, **GIVEN_TOO}
    values = load_blueprint(BLUEPRINT).values((taken(given),)).data
    with TemporaryDirectory() as scratch:
        places = {name: Path(scratch) / name for name in ("ours", "bare", "copier")}
        words = [f"--set={name}={json.dumps(value)}" for name, value in given.items()]
        answers = [word for name, value in given.items() for word in ("--data", f"{name}={value}")]
        ours = [sys.executable, "-c", "from itdo_platform_gen.cli.main import run; run()", "new", BLUEPRINT.name]
        copier = [sys.executable, "-m", "copier", "copy", "--quiet", "--defaults", *answers, str(BLUEPRINT)]
        commands = {
            "ours": [*ours, str(places["ours"]), *words],
            "bare": [sys.executable, "-c", BARE, str(BLUEPRINT / "content"), str(places["bare"]), json.dumps(values)],
            "copier": [*copier, str(places["copier"])],
        }
        for name, command in commands.items():
            timed(command, places[name])
        trees = [tree(place) for place in places.values()]
        if trees[0] != trees[1] or trees[0] != trees[2]:
            raise SystemExit("the trees differ")
        taken_by = [{name: timed(command, places[name]) for name, command in commands.items()} for _ in range(runs)]
    print(f"{len(trees[0]) + 1} files; medians of {runs} runs")
    for name in commands:
        print(f"{name:8}{median(times[name] for times in taken_by) * 1000:7.0f} ms")
    print(f"platform-gen new takes {median(times['ours'] / times['bare'] for times in taken_by):.2f} x bare Jinja2")
    print(f"copier copy takes {median(times['copier'] / times['ours'] for times in taken_by):.1f} x platform-gen new")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
