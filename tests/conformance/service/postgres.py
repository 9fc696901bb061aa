"""PostgreSQL: a server of its own, on loopback, from Debian's package; it can be stopped and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.repositories import scratch_folder
from conformance.service.ports import free_port
from conformance.toolchain import unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "p@ss:w/rd%"  # noqa: S105  of a server that lives as long as the tests; it has to be quoted in an address
_ROOM = 2**29
_SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server, whose data is gone after the tests."""

    programs: Path
    data: Path
    port: int

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k '' {_SPEED}"
        self._run("pg_ctl", "-D", self.data, "-l", self.data / "log", "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let all its processes stand still: it takes connections, and answers nothing."""
        parent = (self.data / "postmaster.pid").read_text().split()[0]
        query = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        processes = [int(parent), *map(int, self.ask("postgres", query))]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def url(self, database: str) -> str:
        """Give the address of a database."""
        return f"postgresql://app:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make a database, and give its address."""
        self.ask("postgres", f'CREATE DATABASE "{database}"')
        return self.url(database)

    def ask(self, database: str, query: str) -> list[str]:
        """Give the rows of an answer, with | between their columns."""
        found = self._run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c", query)
        return found.splitlines()

    def tables(self, database: str) -> list[str]:
        """Give the tables of a database."""
        return self.ask(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")

    def _run(self, program: str, *arguments: str | Path) -> str:
        return _run([self.programs / program, *arguments], self.data)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Make a server, and start it."""
    with scratch_folder(_ROOM) as folder:
        data = folder / "data"
        data.mkdir(mode=0o700)
        (folder / "password").write_text(PASSWORD, "utf-8")
        for path in (folder, data, folder / "password"):
            os.chown(path, *_other())
        server = Postgres(_programs(), data, free_port())
        _run(
            [
                *(server.programs / "initdb", "-D", data, "-U", "app", f"--pwfile={folder / 'password'}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            folder,
        )
        server.start()
        try:
            yield server
        finally:
            if (data / "postmaster.pid").exists():
                server.stop()


def _other() -> tuple[int, int]:
    """Give the user and group to run it as: who these tests run as, but for root, whom it refuses."""
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    nobody = getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _run(command: list[str | Path], folder: Path) -> str:
    # A server that is started keeps what it has of its starter's: a pipe would never be read to its end.
    with (folder / "output").open("w+", encoding="utf-8") as output:
        user, group = _other()
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            user=user,
            group=group,
            extra_groups=[] if os.getuid() == 0 else None,
        )
        output.seek(0)
        said = output.read()
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{said}"
    return said


def _programs() -> Path:
    """Give the folder of the newest PostgreSQL; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[4]))
    named = shutil.which("pg_ctl")
    if found:
        return found[-1].parent
    if named is None:
        unavailable("not installed: PostgreSQL (in Debian the package postgresql)")
    return Path(named).resolve().parent
