"""Refusals and faults as RFC 9457 answers of an HTTP app; what they say is in `problem_bodies`."""

from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared import errors
from shared.web.problem_bodies import describe, door_problem, field_problems, status_of

__all__ = ["Problem", "also_as", "install_problem_handlers", "problem_of", "problem_response", "problems", "status_of"]

_log = structlog.get_logger("bank.problems")


_HTTP_CODES = {404: "request.not-found", 405: "request.method-not-allowed"}


class Problem(BaseModel):
    """An RFC 9457 problem; the numbers that decided stand beside these members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/api/problems#transactions.insufficient-funds"])
    title: str
    status: int
    code: str
    detail: str
    next_step: str
    request_id: str | None


def problem_response(
    code: str,
    *,
    detail: str = "",
    numbers: Mapping[str, object] | None = None,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Answer with one of the problems that the door says itself (`DOOR_PROBLEMS`)."""
    body = door_problem(code, detail=detail, numbers=numbers)
    body["status"] = status or body["status"]
    return JSONResponse(body, status_code=body["status"], headers=headers, media_type="application/problem+json")


def problem_of(wrong: Exception) -> JSONResponse:
    """Turn any exception into the problem that its caller may see; faults are logged here, without values."""
    body, headers = describe(wrong)
    if isinstance(wrong, errors.Fault):
        _log.warning("fault", fault=type(wrong).__name__, reason=wrong.detail)
    elif body["status"] == 503:
        _log.warning("store.away", fault=type(wrong).__name__)
    elif body["status"] == 500:
        _log.error("internal.fault", exc_info=wrong)
    return JSONResponse(body, status_code=body["status"], headers=headers, media_type="application/problem+json")


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every refusal, fault and validation error of an app's endpoints with a problem."""

    async def refused(_request: Request, wrong: Exception) -> Response:
        return problem_of(wrong)

    async def invalid(_request: Request, wrong: Exception) -> Response:
        return _invalid(wrong) if isinstance(wrong, RequestValidationError) else problem_of(wrong)

    async def http(_request: Request, wrong: Exception) -> Response:
        status = wrong.status_code if isinstance(wrong, HTTPException) else 500
        headers = wrong.headers if isinstance(wrong, HTTPException) else None
        return problem_response(_HTTP_CODES.get(status, "request.malformed"), status=status, headers=headers)

    for kind in (errors.Refusal, errors.Fault, OperationalError, PoolTimeout):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _invalid(wrong: RequestValidationError) -> JSONResponse:
    """List fields and messages; what was sent is never repeated."""
    # The first part of a place says body, query, path or header, which the field's name makes clear enough.
    found = field_problems(wrong.errors(), skip=1)
    return problem_response(
        "request.invalid",
        detail=f"{found[0]['field']}: {found[0]['message']}" if found else "",
        numbers={"errors": found},
    )


def also_as(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Document that an endpoint gives its answer as a file of these types too: part of its `responses=`."""
    return {200: {"content": {media_type: {"schema": {"type": "string"}} for media_type in media_types}}}


def problems(*refusals: type[errors.BankError]) -> dict[int | str, dict[str, Any]]:
    """Document the refusals of an endpoint: give this as its `responses=`."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for refusal in refusals:
        status = status_of(refusal)
        code = getattr(refusal, "code", "service.unavailable")
        title = getattr(refusal, "title", "Not available right now")
        entry = by_status.setdefault(status, {"description": "", "content": {"application/problem+json": {}}})
        content = entry["content"]["application/problem+json"]
        content.setdefault("schema", {"$ref": "#/components/schemas/Problem"})
        content.setdefault("examples", {})[code] = {
            "summary": title,
            "value": {
                "type": f"/api/problems#{code}",
                "title": title,
                "status": status,
                "code": code,
                "next_step": getattr(refusal, "next_step", ""),
            },
        }
        entry["description"] = ", ".join(sorted(content["examples"]))
    return by_status
