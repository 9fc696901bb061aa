"""The server: on SIGTERM it says so on /readyz, goes on for a while, finishes what is under way, and ends."""

import signal
import time
from types import FrameType

import structlog
import uvicorn

from .app import Application
from .settings import Settings

_log = structlog.stdlib.get_logger(__name__)


class Server(uvicorn.Server):
    """Uvicorn, which would stop taking connections at once, while load balancers still send them."""

    def __init__(self, config: uvicorn.Config, app: Application, drain_seconds: float) -> None:
        """Take what is to be served."""
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds
        self._stop_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  uvicorn's own signature
        """Drain at the first signal, stop at the second, and wait for nothing at the third."""
        if self.should_exit:
            self.force_exit = True
        elif self._app.health.draining:
            self.should_exit = True
        else:
            self._app.health.draining = True
            self._stop_at = time.monotonic() + self._drain_seconds
            _log.info("draining", signal=signal.Signals(sig).name, seconds=self._drain_seconds)

    async def on_tick(self, counter: int) -> bool:
        """Stop when the time has come; uvicorn asks ten times a second."""
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)


def make_server(app: Application, settings: Settings) -> Server:
    """Make a server for an application."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_timeout,
    )
    return Server(config, app, settings.drain_seconds)
