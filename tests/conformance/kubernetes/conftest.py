"""Fixtures of the real server, for the corpus and for whatever else has to be tried on a living cluster.

`programs` builds kube-apiserver and kube-controller-manager once, from Go's cache where they have been built before.
`apiserver` is one server for a whole run, without controllers: it takes, keeps and gives back documents, and nothing
acts on them. Tests that share it do dry runs, or make a namespace of their own. What needs Deployments that make pods,
namespaces that go away or quotas that count opens a server of its own, with controllers:

    def test_it(programs: Path, tmp_path: Path) -> None:
        with ApiServer(programs, tmp_path, controllers=True) as server:
            server.request("POST", "/api/v1/namespaces", b"{metadata: {name: one}}")
            subprocess.run(["kubectl", f"--kubeconfig={server.kubeconfig()}", ...])

Where Go, etcd or openssl are not installed, or the module proxy is not reached, such tests are skipped, and fail with
CI=true. `.ci/run` installs etcd.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from conformance.kubernetes.apiserver import ApiServer, build, missing_programs
from conformance.toolchain import unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def programs() -> Path:
    """Build the servers, and give the folder they are in."""
    missing = missing_programs()
    if missing:
        unavailable(f"not installed: {', '.join(missing)}")
    try:
        return build()
    except subprocess.CalledProcessError as error:
        unavailable(f"kube-apiserver could not be built: go ended with {error.returncode}")


@pytest.fixture(scope="session")
def apiserver(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """Give a server that runs until the tests are done, without controllers."""
    with ApiServer(programs, tmp_path_factory.mktemp("apiserver")) as server:
        yield server
