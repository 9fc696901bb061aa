"""image-build and image-attest: Buildah, Syft and Cosign are recorders, held to the arguments that they must get."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from conformance.tekton.scripts.rendered import steps

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.tekton.scripts.sandbox import Outcome, Sandbox

REPOSITORY = "registry.example:5000/shop/orders"
DIGEST = f"sha256:{'a' * 64}"
IMAGE = f"{REPOSITORY}@{DIGEST}"
COMMIT = "0123456789abcdef" * 2 + "01234567"
# Its push writes the digest to a file, as Buildah's does.
BUILDAH = """
[ "$BUILDAH_ISOLATION" = chroot ] && [ "$STORAGE_DRIVER" = vfs ] || exit 9
if [ "$1" = push ]; then
  [ "$(cat "$DOCKER_CONFIG/config.json")" = "{}" ] || exit 8
  printf %s "$ANSWER" >"$3"
fi
"""


@pytest.fixture
def pod(sandbox: Sandbox, tmp_path: Path) -> Sandbox:
    """Make a pod with a repository that has a Dockerfile, and with credentials of a registry."""
    (tmp_path / "source/api").mkdir(parents=True)
    (tmp_path / "source/api/Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker/config.json").write_text("{}")
    sandbox.workspaces |= {"source": tmp_path / "source", "dockerconfig": tmp_path / "docker"}
    sandbox.overrides["ANSWER"] = DIGEST
    sandbox.record("buildah", BUILDAH)
    return sandbox


def build(pod: Sandbox, **parameters: str) -> Outcome:
    """Run the step."""
    given = {"image": REPOSITORY, "context": "api", "commit": COMMIT, "committer_date": "1795392000"}
    return pod.run(steps("image-build")["build"], **{**given, **parameters})


def test_image_is_built_and_pushed_by_its_commit(pod: Sandbox) -> None:
    """The results name the digest."""
    build(pod).passed()
    tagged = f"{REPOSITORY}:{COMMIT}"
    assert pod.calls("buildah") == [
        [
            *("build", "--pull=always", "--no-cache", "--timestamp", "1795392000", "--file", "Dockerfile"),
            *("--label", f"org.opencontainers.image.revision={COMMIT}", "--tag", tagged, "."),
        ],
        ["push", "--digestfile", str(pod.home / "digest"), tagged, f"docker://{tagged}"],
    ]
    assert pod.result("digest") == DIGEST
    assert pod.result("image") == IMAGE


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"image": f"{REPOSITORY}:latest"}, "is no repository of an image"),
        ({"image": IMAGE}, "is no repository of an image"),
        ({"commit": "main"}, "is no commit"),
        ({"commit": "0123abc"}, "is no whole commit"),
        ({"committer_date": "today"}, "is no date"),
        ({"context": "gone"}, "there is no folder gone"),
        ({"dockerfile": "Containerfile"}, "there is no Containerfile in api"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_bad_parameter_is_said(pod: Sandbox, parameters: dict[str, str], said: str) -> None:
    """Before anything is built."""
    build(pod, **parameters).failed(said)
    assert pod.calls("buildah") == []


@pytest.mark.parametrize(
    ("body", "said", "calls"),
    [
        ("exit 1", "could not be built", 1),
        ('[ "$1" = build ]', "could not be pushed", 4),
        ('[ "$1" = build ] || printf latest >"$3"', "gave no digest", 2),
    ],
)
def test_failure_of_the_build_is_said(pod: Sandbox, body: str, said: str, calls: int) -> None:
    """A push is tried three times, a build is not."""
    pod.record("buildah", body)
    build(pod).failed(said)
    assert len(pod.calls("buildah")) == calls
    assert not (pod.folder / "results/digest").exists()


def test_credentials_that_are_none_are_said(pod: Sandbox, tmp_path: Path) -> None:
    """A Secret of another kind was bound."""
    (tmp_path / "docker/config.json").unlink()
    build(pod).failed("neither config.json nor .dockerconfigjson")
    (tmp_path / "docker/.dockerconfigjson").write_text("{}")
    build(pod).passed()
    # Without a workspace the registry is asked as anybody: Buildah would stop at a file that is not there.
    del pod.workspaces["dockerconfig"]
    build(pod).passed()


def test_image_is_described_and_signed(pod: Sandbox) -> None:
    """By its digest, with a key that stays in the environment; nothing goes to a public log."""
    pod.secrets |= {"COSIGN_KEY": "the-key", "COSIGN_PASSWORD": "the-password"}
    bill = json.dumps({"spdxVersion": "SPDX-2.3"})
    pod.record("syft", f"printf %s '{bill}' >\"${{4#spdx-json=}}\"")
    pod.record("cosign", '[ "$COSIGN_KEY$COSIGN_PASSWORD" = the-keythe-password ]')
    for step in steps("image-attest").values():
        pod.run(step, image=IMAGE).passed()

    file = pod.home / "sbom.spdx.json"
    assert pod.result("sbom-digest") == f"sha256:{hashlib.sha256(bill.encode()).hexdigest()}"
    assert pod.calls("syft") == [["scan", f"registry:{IMAGE}", "--output", f"spdx-json={file}"]]
    key = ["--yes", "--key", "env://COSIGN_KEY", "--use-signing-config=false", "--tlog-upload=false"]
    assert pod.calls("cosign") == [
        ["sign", *key, IMAGE],
        ["attest", *key, "--type", "spdxjson", "--predicate", str(file), IMAGE],
    ]
    assert (pod.home / "docker/config.json").exists()


def test_tag_is_not_signed(pod: Sandbox) -> None:
    """It might be another image by then; and an empty bill is none."""
    pod.run(steps("image-attest")["prepare"], image=f"{REPOSITORY}:1.0").failed("names no exact image")
    pod.run(steps("image-attest")["prepare"], image=f"--key=x@{DIGEST}").failed("names no exact image")
    pod.run(steps("image-attest")["digest"], image=IMAGE).failed("wrote no bill of materials")
