"""Valkey or Redis: a server of its own, on loopback, from Debian's package; it can be stopped, or stand still."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.repositories import scratch_folder
from conformance.service.ports import free_port, until_open
from conformance.toolchain import unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "s3cret"  # noqa: S105  of a server that lives as long as the tests
_OPTIONS = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", PASSWORD)


@dataclass(slots=True)
class Valkey:
    """A server, which keeps nothing when it stops."""

    program: str
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [self.program, "--port", str(self.port), *_OPTIONS, "--dir", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until_open(self.port)

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let it stand still: it takes connections, and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def ask(self, command: str) -> str:
        """Give the first line of its answer to a command."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(f"AUTH {PASSWORD}\r\n{command}\r\nQUIT\r\n".encode())
            with connection.makefile("rb") as answers:
                lines = [line.decode().strip() for line in answers]
        assert lines[0] == "+OK", lines
        return lines[1]


@contextmanager
def valkey() -> Iterator[Valkey]:
    """Make a server, and start it."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        unavailable("not installed: valkey-server or redis-server")
    with scratch_folder() as folder:
        server = Valkey(program, folder, free_port())
        server.start()
        try:
            yield server
        finally:
            server.stop()
