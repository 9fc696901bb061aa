"""How long commands take from start to end, as ratios to Python's own start: `python benchmarks/start.py [RUNS]`.

Each run times `python -c pass` and then the command, as whole processes, so that what slows the machine slows both.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "blueprints/namespace-bundle/cases/full.yaml"
PLATFORM_GEN = [sys.executable, "-c", "from itdo_platform_gen.cli.main import run; run()"]
COMMANDS = {
    "python -c 'import itdo_platform_gen'": [sys.executable, "-c", "import itdo_platform_gen"],
    "platform-gen --help": [*PLATFORM_GEN, "--help"],
    "platform-gen list": [*PLATFORM_GEN, "list"],
    "platform-gen preview namespace-bundle": [*PLATFORM_GEN, "preview", "namespace-bundle", "--values", str(CASE)],
}


def timed(command: list[str]) -> float:
    """Give the seconds that a process takes."""
    # An installed package has its bytecode; a checkout writes it at the first run, unless told not to.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return perf_counter() - started


def main(runs: int) -> None:
    """Print a line for each command."""
    base = [sys.executable, "-c", "pass"]
    print(f"{'command':40}{'ratio':>7}{'ms':>7}   to `python -c pass`; medians of {runs} paired runs")
    for name, command in COMMANDS.items():
        timed(command)
        pairs = [(timed(base), timed(command)) for _ in range(runs)]
        ratio = median(whole / start for start, whole in pairs)
        print(f"{name:40}{ratio:7.1f}{median(whole for _, whole in pairs) * 1000:7.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
