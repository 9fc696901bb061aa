"""The greeter: the blueprint of docs/blueprints.md, and a platform that renders it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, Protocol

ROOT = Path(__file__).resolve().parents[1]

_DOCUMENTED = re.search(
    r"^```yaml\n(apiVersion: blueprints.*?)^```", (ROOT / "docs/blueprints.md").read_text(), re.DOTALL | re.MULTILINE
)
assert _DOCUMENTED is not None
BLUEPRINT = _DOCUMENTED[1]

CONFIGMAP = """\
# Greets whoever mounts it.
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${{ values.slug }}
data:
  greeting: Hello, ${{ values.name }}!
"""

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: ${{ values.slug }}-${{ p.name }}
spec:
  selector:
    app: ${{ values.slug }}
  ports:
    - port: ${{ p.port }}
"""

ALICE = """\
name: alice
ports:
  - name: web
  - {name: ssh, port: 22}
"""

PLATFORM = """\
apiVersion: platform.itdo-erp.com/v1
kind: Platform
metadata:
  name: demo
spec:
  targets: {kubernetes: "1.34"}
  blueprints: [blueprints]
  renderings:
    - blueprint: greeter
      from: alice.yaml
      to: deploy/${{ values.name }}
"""

FILES = {
    "blueprints/greeter/blueprint.yaml": BLUEPRINT,
    "blueprints/greeter/manifests/configmap.yaml": CONFIGMAP,
    "blueprints/greeter/manifests/service.yaml": SERVICE,
    "alice.yaml": ALICE,
    "platform.yaml": PLATFORM,
}

RENDERED_CONFIGMAP = """\
# Greets whoever mounts it.
apiVersion: v1
kind: ConfigMap
metadata:
  name: alice
data:
  greeting: Hello, alice!
"""

RENDERED_SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: alice-web
spec:
  selector:
    app: alice
  ports:
    - port: 80
"""


class Result(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs the command line in this process."""

    def __call__(self, *argv: str) -> Result: ...


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files by path, and the folders they need."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def tree(folder: Path) -> dict[str, str]:
    """Give every file of a folder by path with its text, every link with its target, and every folder that is empty."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = f"-> {path.readlink()}"
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_text()
        elif not any(path.iterdir()):
            found[f"{path.relative_to(folder)}/"] = ""
    return found
