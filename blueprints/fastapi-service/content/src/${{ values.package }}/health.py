"""Health: is the process alive, has it started, and may it have traffic."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

Check = Callable[[], Awaitable[object]]
"""Raises where what it asks for does not answer."""

_log = structlog.stdlib.get_logger(__name__)
_OK, _UNAVAILABLE = 200, 503


@dataclass(slots=True)
class Health:
    """What the probes answer from."""

    timeout: float
    checks: Mapping[str, Check] = field(default_factory=dict)
    started: bool = False
    draining: bool = False

    async def verdicts(self) -> dict[str, str]:
        """Make all checks at once, and give `ok` or `failed` for each."""
        found = await asyncio.gather(*(self._verdict(name, check) for name, check in self.checks.items()))
        return dict(zip(self.checks, found, strict=True))

    async def _verdict(self, name: str, check: Check) -> str:
        asked = asyncio.ensure_future(check())
        try:
            # Shielded, for what is cancelled is waited for: a driver first tries to tell a server that does not listen.
            async with asyncio.timeout(self.timeout):
                await asyncio.shield(asked)
        except Exception as error:  # noqa: BLE001  whatever the reason, it does not answer
            asked.cancel()
            _log.warning("check failed", check=name, reason=repr(error))
            return "failed"
        return "ok"


def health_routes(health: Health) -> APIRouter:
    """Give the routes that Kubernetes asks."""
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def livez() -> JSONResponse:
        """Answer while the event loop turns; what the service depends on is no reason to restart it."""
        return JSONResponse({"status": "alive"})

    @router.get("/startupz")
    async def startupz() -> JSONResponse:
        """Answer 200 once everything is set up."""
        status = "started" if health.started else "starting"
        return JSONResponse({"status": status}, _OK if health.started else _UNAVAILABLE)

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """Answer 200 where all that the service needs answers, and 503 while it shuts down."""
        if health.draining or not health.started:
            return JSONResponse({"status": "draining" if health.draining else "starting"}, _UNAVAILABLE)
        checks = await health.verdicts()
        ready = all(verdict == "ok" for verdict in checks.values())
        body = {"status": "ready" if ready else "unavailable", "checks": checks}
        return JSONResponse(body, _OK if ready else _UNAVAILABLE)

    return router
