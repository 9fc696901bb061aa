"""How fast `platform-gen validate` checks files on disk: `python benchmarks/validate.py [DOCUMENTS]`.

The documents are those of our blueprints' cases, with names of their own, ten in a file. Where kubeconform is
installed (`go install github.com/yannh/kubeconform/cmd/kubeconform@latest`), it checks the same files against the same
schemas, which is all it does, for comparison.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from itdo_platform_gen import find_blueprint
from itdo_platform_gen.blueprint.values import Given
from itdo_platform_gen.render.emit import emit
from itdo_platform_gen.render.render import render_files
from itdo_platform_gen.schema.store import Schemas
from itdo_platform_gen.syntax.compose import compose
from itdo_platform_gen.syntax.data import to_data
from itdo_platform_gen.syntax.source import read_text

CASE = Path(__file__).resolve().parents[1] / "blueprints/namespace-bundle/cases/full.yaml"
VERSION = "1.36"
A_FILE = 10


def write_documents(folder: Path, number: int) -> int:
    """Write documents of bundles with names of their own, and give how many there are."""
    (parsed,) = compose(read_text(CASE))
    case: Any = to_data(parsed.node, [])
    blueprint = find_blueprint("namespace-bundle")
    texts: list[str] = []
    count = 0
    while count < number:
        name = f"orders-{count}"
        other = {"name": name, "owner": f"owner-{count}@corp.example", "description": f"Number {count}."}
        for document in render_files(blueprint, blueprint.values((Given({**case, **other}),))).documents:
            texts.append(emit(document.data))
            count += 1
            if len(texts) == A_FILE or count == number:
                (folder / f"{count // 1000:03}").mkdir(exist_ok=True)
                (folder / f"{count // 1000:03}" / f"{count}.yaml").write_text("---\n".join(texts))
                texts = []
            if count == number:
                break
    return count


def write_schemas(folder: Path, kinds: set[tuple[str, str]]) -> None:
    """Write our schemas in kubeconform's layout: `kind-group-version.json`; Go has no patterns that look ahead."""
    schemas = Schemas(VERSION)
    for api_version, kind in kinds:
        group, _, version = api_version.rpartition("/")
        suffix = "-".join(part for part in (group.split(".")[0], version) if part)
        (folder / f"{kind.lower()}-{suffix}.json").write_text(json.dumps(_for_go(schemas.schema(api_version, kind))))


def _for_go(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_for_go(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    ahead = isinstance(schema.get("pattern"), str) and "(?!" in schema["pattern"]
    return {key: _for_go(value) for key, value in schema.items() if not (ahead and key == "pattern")}


def measure(*command: str) -> tuple[float, float, int]:
    """Give the seconds, the mebibytes at the peak and the exit code of a command."""
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return perf_counter() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def kinds_in(folder: Path) -> set[tuple[str, str]]:
    """Give the kinds of the documents."""
    found = set()
    for file in sorted(folder.rglob("*.yaml"))[:200]:
        for parsed in compose(read_text(file)):
            data: Any = to_data(parsed.node, [])
            found.add((data["apiVersion"], data["kind"]))
    return found


def main(number: int) -> None:
    """Write, measure, print."""
    with tempfile.TemporaryDirectory() as place:
        documents, schemas = Path(place) / "documents", Path(place) / "schemas"
        documents.mkdir()
        schemas.mkdir()
        count = write_documents(documents, number)
        size = sum(file.stat().st_size for file in documents.rglob("*.yaml")) / 2**20
        print(f"{count:,} documents, {size:.1f} MiB")
        ours = str(Path(sys.executable).with_name("platform-gen"))
        target = f"kubernetes={VERSION}"
        seconds, memory, code = measure(ours, "validate", str(documents), "--target", target)
        rate = count / seconds
        print(f"platform-gen  {rate:8,.0f} documents a second, {memory:6,.0f} MiB, exit {code}")
        program = shutil.which("kubeconform") or shutil.which("kubeconform", path=str(Path.home() / "go/bin"))
        if program is None:
            print("kubeconform is not installed")
            return
        write_schemas(schemas, kinds_in(documents))
        location = f"{schemas}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json"
        seconds, memory, code = measure(program, "-strict", "-schema-location", location, str(documents))
        print(f"kubeconform   {count / seconds:8,.0f} documents a second, {memory:6,.0f} MiB, exit {code}")
        print(f"{rate * seconds / count:.2f} times kubeconform")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12_000)
