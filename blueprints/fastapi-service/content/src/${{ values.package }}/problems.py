"""Problems: every error is answered as application/problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
# Names of RFC 9110 that Python knows since 3.13 only.
_TITLES = {413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}


class Fault(BaseModel):
    """What is wrong with one part of a request."""

    at: str
    message: str


class Problem(BaseModel):
    """Why a request was not done."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    request_id: str | None = None
    errors: list[Fault] | None = None


def problem(status: int, request: Request, *, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    """Give the answer that tells of a problem."""
    found = Problem(
        title=_title(status),
        status=status,
        instance=request.url.path,
        request_id=request.scope.get("request_id"),
        **more,
    )
    return JSONResponse(found.model_dump(exclude_none=True), status, headers, MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Give the `responses` of a route that may answer so."""
    return {status: {"model": Problem, "description": _title(status)} for status in statuses}


def _title(status: int) -> str:
    return _TITLES.get(status) or HTTPStatus(status).phrase


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  it is registered for nothing else
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request) or headers.get("Allow", "")
    return problem(error.status_code, request, headers=headers, detail=detail)


def _allowed(request: Request) -> str:
    """Give all methods of a path: the framework knows only those of the route it met first."""
    found = {
        method.upper()
        for path, operations in request.app.openapi()["paths"].items()
        if _matches(path.split("/"), request.url.path.split("/"))
        for method in operations
    }
    return ", ".join(sorted(found))


def _matches(template: list[str], path: list[str]) -> bool:
    alike = (there.startswith("{") or there == here for there, here in zip(template, path, strict=False))
    return len(template) == len(path) and all(alike)


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  it is registered for nothing else
    # Without what was sent: it may be secret, and need not be text.
    faults = [Fault(at=".".join(map(str, found["loc"])), message=found["msg"]) for found in error.errors()]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY.value, request, detail="The request is not valid.", errors=faults)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer the errors of the framework as problems; what nobody expected is answered by the middleware."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
