"""Refusals and faults as RFC 9457 problems: the only place that knows which kind of no is which HTTP status."""

from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared import errors
from shared.observability.context import current_request_id

_log = structlog.get_logger("bank.problems")


class Gone(errors.Refusal):
    """What was asked for existed and is no longer kept."""

    code = "request.gone"
    title = "No longer kept"


STATUS_OF: Mapping[type[errors.BankError], int] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    Gone: 410,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.UnsupportedMediaType: 415,
    errors.Invalid: 422,
    errors.PreconditionRequired: 428,
    errors.TooManyRequests: 429,
    errors.Unavailable: 503,
    errors.Fault: 503,
}
_RESERVED = frozenset({"type", "title", "status", "code", "detail", "request_id"})
_HTTP_CODES = {
    404: ("request.not-found", "There is nothing here"),
    405: ("request.method-not-allowed", "This method is not for this route"),
}


class Problem(BaseModel):
    """An RFC 9457 problem; the numbers that decided stand beside these members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/api/problems#transactions.insufficient-funds"])
    title: str
    status: int
    code: str
    detail: str
    request_id: str | None


def status_of(kind: type[BaseException]) -> int:
    """Give the HTTP status of a refusal or fault class; 500 for anything else."""
    for parent in kind.__mro__:
        if parent in STATUS_OF:
            return STATUS_OF[parent]
    return 500


def problem_body(
    *, status: int, code: str, title: str, detail: str = "", numbers: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Build the members of a problem, with the numbers that decided at its top level."""
    body: dict[str, Any] = {
        "type": f"/api/problems#{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        "request_id": current_request_id(),
    }
    body.update({name: value for name, value in (numbers or {}).items() if name not in _RESERVED})
    return body


def problem_response(
    *,
    status: int,
    code: str,
    title: str,
    detail: str = "",
    numbers: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Answer with a problem."""
    body = problem_body(status=status, code=code, title=title, detail=detail, numbers=numbers)
    return JSONResponse(body, status_code=status, headers=headers, media_type="application/problem+json")


def problem_of(wrong: Exception) -> JSONResponse:
    """Turn any exception into the problem that its caller may see; faults are logged here, without values."""
    if isinstance(wrong, errors.Refusal):
        return _refused(wrong)
    if isinstance(wrong, errors.Fault):
        _log.warning("fault", fault=type(wrong).__name__, reason=wrong.detail)
        return _unavailable(getattr(wrong, "code", "service.unavailable"), wrong.retry_after_seconds)
    if is_store_busy(wrong):
        _log.warning("store.busy")
        return _unavailable("store.busy", 1)
    _log.error("internal.fault", exc_info=wrong)
    return problem_response(
        status=500, code="internal.fault", title="Something broke on our side", detail="It has been noted."
    )


def is_store_busy(wrong: BaseException) -> bool:
    """Tell whether an exception says that another transaction holds the store."""
    text = str(wrong.orig) if isinstance(wrong, OperationalError) else ""
    return "locked" in text or "busy" in text


def _refused(refusal: errors.Refusal) -> JSONResponse:
    status = status_of(type(refusal))
    headers: dict[str, str] = {}
    if status == 401:
        headers["www-authenticate"] = (
            "Bearer" if refusal.code == "auth.missing-token" else 'Bearer error="invalid_token"'
        )
    retry_after = refusal.numbers.get("retry_after_seconds")
    if isinstance(retry_after, int):
        headers["retry-after"] = str(retry_after)
    return problem_response(
        status=status,
        code=refusal.code,
        title=refusal.title,
        detail=refusal.detail,
        numbers=refusal.numbers,
        headers=headers,
    )


def _unavailable(code: str, retry_after_seconds: int | None) -> JSONResponse:
    return problem_response(
        status=503,
        code=code,
        title="Not available right now",
        detail="Nothing is lost; try again.",
        headers={"retry-after": str(retry_after_seconds or 1)},
    )


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every refusal, fault and validation error of an app's endpoints with a problem."""

    async def refused(_request: Request, wrong: Exception) -> Response:
        return problem_of(wrong)

    async def invalid(_request: Request, wrong: Exception) -> Response:
        return _invalid(wrong) if isinstance(wrong, RequestValidationError) else problem_of(wrong)

    async def http(_request: Request, wrong: Exception) -> Response:
        status = wrong.status_code if isinstance(wrong, HTTPException) else 500
        code, title = _HTTP_CODES.get(status, ("request.malformed", "The request cannot be read"))
        headers = wrong.headers if isinstance(wrong, HTTPException) else None
        return problem_response(status=status, code=code, title=title, headers=headers)

    for kind in (errors.Refusal, errors.Fault, OperationalError):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _invalid(wrong: RequestValidationError) -> JSONResponse:
    """List fields and messages; what was sent is never repeated."""
    found = []
    for error in wrong.errors()[:50]:
        # The first part says body, query, path or header, which the field's name makes clear enough.
        # Names the caller made up (extra fields) are shortened.
        field = ".".join(str(part)[:64] for part in error["loc"][1:]) or str(error["loc"][0])
        found.append({"field": field, "message": _message(error)})
    return problem_response(
        status=422,
        code="request.invalid",
        title="A field is not what it must be",
        detail=f"{found[0]['field']}: {found[0]['message']}" if found else "",
        numbers={"errors": found},
    )


def _message(error: Mapping[str, Any]) -> str:
    """Give the message of a validation error, unless a validator's own ValueError repeats what was sent."""
    if error["type"] != "value_error":
        return str(error["msg"])
    message = str((error.get("ctx") or {}).get("error", error["msg"]))
    return "is not valid" if any(text in message for text in _texts(error.get("input"))) else message


def _texts(sent: Any) -> list[str]:
    """List the texts in an input that are long enough to tell something."""
    if isinstance(sent, Mapping):
        return [text for value in sent.values() for text in _texts(value)]
    if isinstance(sent, list | tuple):
        return [text for value in sent for text in _texts(value)]
    return [str(sent)] if len(str(sent)) > 2 else []


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
            "value": {"type": f"/api/problems#{code}", "title": title, "status": status, "code": code},
        }
        entry["description"] = ", ".join(sorted(content["examples"]))
    return by_status
