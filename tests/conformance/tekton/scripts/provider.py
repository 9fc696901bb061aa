"""Provider: a small local server that keeps what it is asked, and answers as the API of GitHub or GitLab would."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    path: str
    authorization: str
    body: Any


@dataclass
class Provider:
    """A server at a port of this machine."""

    port: int
    asked: list[Request] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)
    """What it answers next: a status and a body; then 200 with nothing."""

    def url(self, project: str) -> str:
        """Give the URL of a repository on it."""
        return f"http://127.0.0.1:{self.port}/{project}.git"


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve while the context is open."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = json.loads(self.rfile.read(length)) if length else None
            provider.asked.append(Request(self.command, self.path, self.headers.get("Authorization", ""), body))
            status, data = provider.answers.pop(0) if provider.answers else (200, {})
            text = json.dumps(data, indent=2).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815  the server's own names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
