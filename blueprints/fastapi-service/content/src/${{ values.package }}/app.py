"""The application: made by a factory, so that every test may have its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI

from . import DESCRIPTION, NAME, VERSION
from .health import Health, health_routes
from .metrics import Metrics
from .middleware import RequestMiddleware
from .notes.routes import router as notes
from .problems import MEDIA_TYPE, add_problem_handlers
from .services import open_services
from .settings import Settings
from .telemetry import Telemetry

_FIRST_ERROR = 400


class Application(FastAPI):
    """FastAPI, whose documentation says as what errors are sent."""

    health: Health

    def openapi(self) -> dict[str, Any]:
        """Give the OpenAPI document."""
        if self.openapi_schema is None:
            for operations in super().openapi().get("paths", {}).values():
                for operation in operations.values():
                    for status, response in operation["responses"].items():
                        if int(status) >= _FIRST_ERROR and "application/json" in response.get("content", {}):
                            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return self.openapi_schema or {}


def create_app(settings: Settings | None = None) -> Application:
    """Make the application; nothing is connected before it starts."""
    known = settings or Settings()
    health, metrics, telemetry = Health(known.check_timeout), Metrics(), Telemetry()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services(known, telemetry) as services:
            app.state.services = services
            health.checks = services.checks
            health.started = True
            yield
        telemetry.close()

    app = Application(title=NAME, version=VERSION, description=DESCRIPTION, lifespan=lifespan)
    app.health = health
    app.include_router(health_routes(health))
    app.add_api_route("/metrics", metrics.show, include_in_schema=False)
    first = APIRouter(prefix="/api/v1")
    first.include_router(notes)
    app.include_router(first)
    add_problem_handlers(app)
    app.add_middleware(RequestMiddleware, metrics=metrics)
    telemetry.trace_app(app)
    return app
