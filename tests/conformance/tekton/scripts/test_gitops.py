"""deploy and promote against a real GitOps repository, whose overlay a real Kustomize builds."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.rendered import steps
from conformance.tekton.scripts.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.tekton.scripts.sandbox import Outcome, Sandbox

NAME = "registry.example:5000/shop/orders"
FIRST, SECOND = f"{NAME}@sha256:{'1' * 64}", f"{NAME}@sha256:{'2' * 64}"
FOLDER = "apps/orders/staging"
COMPONENT = f"{FOLDER}/image-orders/kustomization.yaml"
OVERLAY = "resources: [workload.yaml]\ncomponents: [image-orders]\n"
WORKLOAD = f"""\
apiVersion: v1
kind: Pod
metadata: {{name: orders}}
spec:
  containers:
    - {{name: api, image: "{NAME}:1.0"}}
"""


@pytest.fixture
def remote(tmp_path: Path) -> Repository:
    """Make a GitOps repository with an overlay that lists the component."""
    remote = Repository.bare(tmp_path / "gitops.git")
    work = Repository.clone(remote, tmp_path / "work")
    work.commit({f"{FOLDER}/kustomization.yaml": OVERLAY, f"{FOLDER}/workload.yaml": WORKLOAD})
    return remote


def deploy(sandbox: Sandbox, remote: Repository, image: str = FIRST, **parameters: str) -> Outcome:
    """Run the step."""
    given = {"repository": remote.url, "path": FOLDER, "image": image, "application": "orders", "message": "Deploy"}
    return sandbox.run(steps("deploy")["commit"], **{**given, **parameters})


def promote(sandbox: Sandbox, remote: Repository, image: str = FIRST) -> Outcome:
    """Run the step that pushes."""
    given = {"repository": remote.url, "path": FOLDER, "image": image, "application": "orders"}
    return sandbox.run(steps("promote")["push"], **given, provider="github", title="Promote orders")


def test_digest_is_committed_and_built(sandbox: Sandbox, remote: Repository, kustomize: Path, tmp_path: Path) -> None:
    """In a file of its own, by the pipeline's name; and Kustomize puts it into the workload."""
    deploy(sandbox, remote).passed()
    assert sandbox.result("commit") == remote.git("rev-parse", "main")
    assert remote.git("show", "--name-only", "--format=%an <%ae>%n%s%n%b", "main").split("\n") == [
        "universal-pipeline <universal-pipeline@ci.invalid>",
        "Deploy",
        f"orders: {FIRST}",
        "",
        "",
        COMPONENT,
    ]
    built = Repository.clone(remote, tmp_path / "built")
    program = kustomize / "kustomize"
    done = subprocess.run([program, "build", built.folder / FOLDER], check=True, capture_output=True, text=True)
    assert f"image: {FIRST}\n" in done.stdout


def test_nothing_new_is_no_commit(sandbox: Sandbox, remote: Repository) -> None:
    """And the commit that has it is the result all the same."""
    deploy(sandbox, remote).passed()
    before = remote.git("rev-parse", "main")
    assert "has" in deploy(sandbox, remote).passed().output
    assert remote.git("rev-parse", "main") == sandbox.result("commit") == before

    deploy(sandbox, remote, SECOND).passed()
    assert remote.git("rev-parse", "main^") == before


def test_push_that_lost_a_race_comes_again(sandbox: Sandbox, remote: Repository, tmp_path: Path) -> None:
    """On top of the one that won, even where both changed the same file."""
    rival = Repository.clone(remote, tmp_path / "rival")
    won = rival.commit({COMPONENT: "images: []\n", "apps/other/file": "other"}, push=False)
    # Between our clone and our push, and only then.
    sandbox.record("git", _ONCE_AT_PUSH.format(git=shutil.which("git"), rival=rival.folder, mark=tmp_path / "pushed"))

    deploy(sandbox, remote).passed()
    assert remote.git("rev-parse", "main^") == won
    assert FIRST.partition("@")[2] in remote.git("show", f"main:{COMPONENT}")
    assert remote.git("show", "main:apps/other/file") == "other"
    assert sum(call[0] == "push" for call in sandbox.calls("git")) == 2


_ONCE_AT_PUSH = """
if [ "$1" = push ] && ! [ -e {mark} ]; then
  : >{mark}
  {git} -C {rival} push --quiet origin HEAD:refs/heads/main
fi
exec {git} "$@"
"""


def test_branch_that_takes_no_push_is_said(sandbox: Sandbox, remote: Repository) -> None:
    """After five attempts, as a protected branch answers."""
    hook = remote.folder / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho protected >&2\nexit 1\n")
    hook.chmod(0o755)
    outcome = deploy(sandbox, remote).failed("takes no push")
    assert outcome.output.count("remote: protected") == 5


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"path": "apps/gone"}, "there is no kustomization.yaml in apps/gone"),
        ({"path": "../x"}, "is no folder in the GitOps repository"),
        ({"path": "/etc"}, "is no folder in the GitOps repository"),
        ({"image": f"{NAME}:1.0"}, "names no exact image"),
        ({"image": f"{NAME}@sha256:123"}, "names no exact image"),
        ({"image": f"registry.example/other@sha256:{'1' * 64}"}, "does not list the component image-other"),
        ({"image": f"bad image@sha256:{'1' * 64}"}, "names no exact image"),
        ({"branch": "gone"}, "branch gone of"),
        ({"branch": "-x"}, "is no branch"),
        ({"application": "a b"}, "is no name of an application"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_bad_parameter_is_said(sandbox: Sandbox, remote: Repository, parameters: dict[str, str], said: str) -> None:
    """And nothing is pushed."""
    before = remote.git("rev-parse", "main")
    deploy(sandbox, remote, **parameters).failed(said)
    assert remote.git("rev-parse", "main") == before


def test_image_that_no_workload_names_is_warned_of(sandbox: Sandbox, remote: Repository, tmp_path: Path) -> None:
    """Kustomize would say nothing, and deploy nothing."""
    work = Repository.clone(remote, tmp_path / "other")
    work.git("pull", "--quiet", "origin", "main")
    work.commit({f"{FOLDER}/workload.yaml": WORKLOAD.replace("orders:1.0", "sales:1.0")})
    outcome = deploy(sandbox, remote).passed()
    assert f"warning: no other file of the repository names the image {NAME}" in outcome.output


def test_promotion_waits_on_a_branch(sandbox: Sandbox, remote: Repository) -> None:
    """Never on main; the same image is not pushed again, and a later one replaces it."""
    main = remote.git("rev-parse", "main")
    promote(sandbox, remote).passed()
    first = remote.git("rev-parse", "promotion/orders")
    assert remote.git("rev-parse", "main", "promotion/orders^").split() == [main, main]
    assert (sandbox.home / "head").read_text() == "promotion/orders"

    promote(sandbox, remote).passed()
    assert remote.git("rev-parse", "promotion/orders") == first

    promote(sandbox, remote, SECOND).passed()
    assert SECOND.partition("@")[2] in remote.git("show", f"promotion/orders:{COMPONENT}")
    assert remote.git("rev-parse", "main", "promotion/orders^").split() == [main, main]


def test_promoted_already_is_nothing_to_do(sandbox: Sandbox, remote: Repository) -> None:
    """No branch, no request, an empty result."""
    deploy(sandbox, remote).passed()
    assert "nothing to promote" in promote(sandbox, remote).passed().output
    assert "promotion" not in remote.git("branch", "--list")
    assert not (sandbox.home / "head").exists()

    sandbox.secrets["TOKEN"] = FIRST.rpartition(":")[2]
    given = {"repository": "https://github.com/shop/gitops", "path": FOLDER, "image": FIRST, "application": "orders"}
    sandbox.run(steps("promote")["request"], **given, provider="github", title="Promote orders").passed()
    assert sandbox.result("pull-request") == ""
