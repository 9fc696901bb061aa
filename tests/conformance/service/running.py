"""Running: the process of a service that answers, what is asked of it, and how it ends."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any

from conformance.service.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_START, _LONGEST_ANSWER, _LONGEST_END = 60.0, 30.0, 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes

    @property
    def data(self) -> Any:
        """What its JSON says."""
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """Its media type."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True)
class Running:
    """A service that has started."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(self, method: str, path: str, data: object = None, **headers: str) -> Answer:
        """Send a request, with this as JSON, and give the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_LONGEST_ANSWER)
        try:
            body = None if data is None else json.dumps(data)
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(
                method, path, body, sent | ({} if data is None else {"Content-Type": "application/json"})
            )
            found = connection.getresponse()
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """Read something."""
        return self.ask("GET", path)

    def until(self, path: str, status: int, seconds: float = 30) -> Answer:
        """Ask until it answers so, and give that answer."""
        end = time.monotonic() + seconds
        while True:
            found = self.get(path)
            if found.status == status:
                return found
            assert time.monotonic() < end, f"{path} still says {found.status} after {seconds} s: {found.body!r}"
            time.sleep(0.1)

    def terminate(self) -> None:
        """Tell it to stop, as Kubernetes does."""
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Wait for its end, and give its code."""
        return self.process.wait(_LONGEST_END)

    def logged(self) -> str:
        """Give what it said."""
        return self.log.read_text("utf-8")


@contextmanager
def running(command: str, folder: Path, variables: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Start a service by a line, on a free port, and wait until it has started; it is gone afterwards."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            shlex.split(command),
            cwd=folder,
            env={**variables, "APP_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    service = Running(process, port, log)
    try:
        _wait(service)
        yield service
    finally:
        if process.poll() is None:
            # What uv has started ends with it.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(service: Running) -> None:
    end = time.monotonic() + _START
    while True:
        assert service.process.poll() is None, f"it ended with {service.process.returncode}\n{service.logged()}"
        try:
            if service.get("/startupz").status == 200:
                return
        except (OSError, HTTPException):
            pass
        assert time.monotonic() < end, f"it has not started after {_START} s\n{service.logged()}"
        time.sleep(0.1)
