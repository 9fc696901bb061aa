"""The judge: a real kube-apiserver and controller-manager on loopback, with etcd from Debian.

The servers are built by Go from their own module, pinned in `server/go.mod`, into a folder of the user's cache: the
first build takes some ten minutes, and later ones what it takes Go to see that nothing changed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Self

from conformance import gomodules

VERSION = "1.36"
RELEASE = "v1.36.3"
MODULE = Path(__file__).parent / "server"
"""Where Go finds which servers to build."""
_PROGRAMS = ("kube-apiserver", "kube-controller-manager")
_TOKEN = "conformance"  # noqa: S105  the server lives as long as the test
_STARTUP = 90.0
_FAREWELL = 5.0  # the server would wait for connections, and nothing of it is kept


def build() -> Path:
    """Build the servers, and give the folder they are in.

    Raises CalledProcessError where Go cannot build them.
    """
    flags = f"-s -w -X k8s.io/component-base/version.gitVersion={RELEASE}"
    return gomodules.build(MODULE, RELEASE, [f"k8s.io/kubernetes/cmd/{program}" for program in _PROGRAMS], flags)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the server says of a request: the HTTP status, its body, and the texts of its Warning headers."""

    status: int
    body: dict[str, Any]
    warnings: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the server took the document."""
        return self.status < 300

    @property
    def reason(self) -> str:
        """The server's own words for a refusal."""
        return str(self.body.get("message", ""))


@dataclass(slots=True)
class ApiServer:
    """Servers that run while the context is open, in a folder of their own."""

    programs: Path
    folder: Path
    controllers: bool = False
    port: int = 0
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    connection: HTTPSConnection | None = None

    def __enter__(self) -> Self:
        """Start the servers, and wait until they are ready."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the servers."""
        self.stop()

    def stop(self) -> None:
        """Stop what runs, the last started first, each by its own process."""
        self.disconnect()
        for process in reversed(self.running):
            process.terminate()
        for process in reversed(self.running):
            try:
                process.wait(timeout=_FAREWELL)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def disconnect(self) -> None:
        """Close the connection; the next request opens another."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        etcd_port, peer_port, self.port = _free_port(), _free_port(), _free_port()
        self._certificates()
        (self.folder / "tokens.csv").write_text(f'{_TOKEN},admin,admin,"system:masters"\n')
        etcd = f"http://127.0.0.1:{etcd_port}"
        self._run(
            "etcd",
            f"--data-dir={self.folder}/etcd",
            f"--listen-client-urls={etcd}",
            f"--advertise-client-urls={etcd}",
            f"--listen-peer-urls=http://127.0.0.1:{peer_port}",
            f"--initial-advertise-peer-urls=http://127.0.0.1:{peer_port}",
            f"--initial-cluster=default=http://127.0.0.1:{peer_port}",
            "--unsafe-no-fsync",
        )
        self._run(
            str(self.programs / "kube-apiserver"),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            f"--secure-port={self.port}",
            f"--etcd-servers={etcd}",
            f"--tls-cert-file={self.folder}/server.crt",
            f"--tls-private-key-file={self.folder}/server.key",
            f"--client-ca-file={self.folder}/server.crt",
            f"--token-auth-file={self.folder}/tokens.csv",
            "--service-account-issuer=https://conformance.test",
            f"--service-account-key-file={self.folder}/server.key",
            f"--service-account-signing-key-file={self.folder}/server.key",
            "--authorization-mode=RBAC",
            "--allow-privileged",  # as kubeadm and the services of clouds set it
            "--service-cluster-ip-range=10.0.0.0/16",
            "--endpoint-reconciler-type=none",
            "--anonymous-auth=false",
        )
        self._wait("/readyz")
        if self.controllers:
            self._run(
                str(self.programs / "kube-controller-manager"),
                f"--kubeconfig={self.kubeconfig()}",
                "--leader-elect=false",
                "--use-service-account-credentials",
                f"--service-account-private-key-file={self.folder}/server.key",
                f"--root-ca-file={self.folder}/server.crt",
                "--controllers=*,-nodeipam,-nodelifecycle,-cloud-node-lifecycle,-route,-service-lb-controller",
                "--bind-address=127.0.0.1",
                f"--secure-port={_free_port()}",
            )

    def _run(self, program: str, *arguments: str) -> None:
        name = Path(program).name
        with (self.folder / f"{name}.log").open("wb") as log:
            # etcd takes settings from the environment too, which are not ours.
            environment = {key: value for key, value in os.environ.items() if not key.startswith("ETCD_")}
            process = subprocess.Popen([program, *arguments], stdout=log, stderr=log, env=environment)
        self.running.append(process)

    def _wait(self, path: str) -> None:
        deadline = time.monotonic() + _STARTUP
        while time.monotonic() < deadline:
            for process in self.running:
                if process.poll() is not None:
                    raise RuntimeError(f"{process.args!r} stopped: {self._logs()}")
            try:
                if self.request("GET", path).accepted:
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.2)
        raise RuntimeError(f"not ready in {_STARTUP:.0f} s: {self._logs()}")

    def _logs(self) -> str:
        return "\n".join(log.read_text(errors="replace")[-2000:] for log in sorted(self.folder.glob("*.log")))

    def _certificates(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        command += ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        command += ["-keyout", str(self.folder / "server.key"), "-out", str(self.folder / "server.crt")]
        subprocess.run(command, check=True, capture_output=True)

    def kubeconfig(self) -> Path:
        """Write a kubeconfig for the server, and give its path."""
        path = self.folder / "kubeconfig"
        server = f"https://127.0.0.1:{self.port}"
        document = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {"name": "judge", "cluster": {"server": server, "certificate-authority": f"{self.folder}/server.crt"}}
            ],
            "users": [{"name": "admin", "user": {"token": _TOKEN}}],
            "contexts": [{"name": "judge", "context": {"cluster": "judge", "user": "admin"}}],
            "current-context": "judge",
        }
        path.write_text(json.dumps(document))
        return path

    def request(self, method: str, path: str, body: bytes | None = None, kind: str = "application/yaml") -> Verdict:
        """Send one request; a broken connection is made anew once."""
        for attempt in (1, 2):
            try:
                return self._request(method, path, body, kind)
            except (OSError, HTTPException):
                self.disconnect()
                if attempt == 2:
                    raise
        raise AssertionError

    def _request(self, method: str, path: str, body: bytes | None, kind: str) -> Verdict:
        if self.connection is None:
            context = ssl.create_default_context(cafile=str(self.folder / "server.crt"))
            self.connection = HTTPSConnection("127.0.0.1", self.port, context=context, timeout=60)
        headers = {"Authorization": f"Bearer {_TOKEN}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        warnings = tuple(response.headers.get_all("Warning") or ())
        try:
            answer = json.loads(content)
        except ValueError:
            answer = {"message": content.decode(errors="replace")}
        return Verdict(response.status, answer if isinstance(answer, dict) else {"message": str(answer)}, warnings)


def missing_programs() -> list[str]:
    """Give what has to be installed and is not."""
    return [program for program in ("etcd", "go", "openssl") if shutil.which(program) is None]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
