"""Ports: those of loopback that nobody listens at, and when somebody does."""

from __future__ import annotations

import socket
import time


def free_port() -> int:
    """Give a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def until_open(port: int, seconds: float = 30) -> None:
    """Wait until somebody takes connections at a port."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = f"nobody listens at port {port} after {seconds} s"
    raise TimeoutError(message)
