"""Refusals and faults as the members of RFC 9457 problems: the only place that knows which no is which HTTP status.

Pure, and without FastAPI: the ledger's writer answers with the same problems as the HTTP door.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared import errors
from shared.observability.context import current_request_id
from shared.web.refusals import Gone

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
NEVER_KEPT = frozenset({400, 401, 403, 413, 422, 429, 503})
"""Answers that are not kept under an Idempotency-Key: asked again, the same request may be answered otherwise."""

DOOR_PROBLEMS: Mapping[str, tuple[int, str, str]] = {
    "request.not-found": (404, "There is nothing here", "Check the address against the API document at /api/docs."),
    "request.method-not-allowed": (
        405,
        "This method is not for this route",
        "Use one of the methods that the Allow header names.",
    ),
    "request.uri-too-long": (
        414,
        "The address is too long",
        "Shorten the address; ask for less at once.",
    ),
    "request.invalid": (
        422,
        "A field is not what it must be",
        "Correct the fields that errors names and send the request again.",
    ),
    "request.malformed": (400, "The request cannot be read", "Compare the request with the API document at /api/docs."),
    "internal.fault": (
        500,
        "Something broke on our side",
        "Send the same request again with the same Idempotency-Key; if it fails again, tell the bank the request_id.",
    ),
    "service.unavailable": (503, "Not available right now", errors.TRY_AGAIN),
    "service.not-ready": (503, "Not ready", "Ask again in a second: the process is starting or ending."),
    "store.busy": (503, "Not available right now", errors.TRY_AGAIN),
}
"""What the door says itself, without a class: status, title and next step by code."""

_RESERVED = frozenset({"type", "title", "status", "code", "detail", "next_step", "request_id"})
_AWAY = ("locked", "busy", "is full", "disk i/o", "unable to open", "readonly", "read-only")
_MAX_ERRORS = 50
_FIELD_CHARACTERS = 64


def status_of(kind: type[BaseException]) -> int:
    """Give the HTTP status of a refusal or fault class; 500 for anything else."""
    for parent in kind.__mro__:
        if parent in STATUS_OF:
            return STATUS_OF[parent]
    return 500


def problem_body(
    *,
    status: int,
    code: str,
    title: str,
    next_step: str,
    detail: str = "",
    numbers: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Build the members of a problem: what rule, why, what to do next, and the numbers that decided beside them."""
    body: dict[str, Any] = {
        "type": f"/api/problems#{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        "next_step": next_step,
        "request_id": current_request_id(),
    }
    body.update({name: value for name, value in (numbers or {}).items() if name not in _RESERVED})
    return body


def describe(wrong: Exception) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the problem that a caller may see of any exception, and the headers that go with it."""
    if isinstance(wrong, errors.Refusal):
        body = problem_body(
            status=status_of(type(wrong)),
            code=wrong.code,
            title=wrong.title,
            next_step=wrong.next_step,
            detail=wrong.detail,
            numbers=wrong.numbers,
        )
        return body, _refusal_headers(wrong, int(body["status"]))
    if isinstance(wrong, errors.Fault):
        return _unavailable(getattr(wrong, "code", "service.unavailable"), wrong.next_step, wrong.retry_after_seconds)
    if is_store_away(wrong):
        return _unavailable("store.busy", errors.TRY_AGAIN, 1)
    return door_problem("internal.fault", detail="It has been noted."), {}


def door_problem(code: str, *, detail: str = "", numbers: Mapping[str, object] | None = None) -> dict[str, Any]:
    """Build one of the problems that the door says itself."""
    status, title, next_step = DOOR_PROBLEMS[code]
    return problem_body(status=status, code=code, title=title, next_step=next_step, detail=detail, numbers=numbers)


def _refusal_headers(refusal: errors.Refusal, status: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    if status == 401:
        headers["www-authenticate"] = (
            "Bearer" if refusal.code == "auth.missing-token" else 'Bearer error="invalid_token"'
        )
    retry_after = refusal.numbers.get("retry_after_seconds")
    if isinstance(retry_after, int):
        headers["retry-after"] = str(retry_after)
    return headers


def _unavailable(code: str, next_step: str, retry_after_seconds: int | None) -> tuple[dict[str, Any], dict[str, str]]:
    title = "Not available right now"
    body = problem_body(status=503, code=code, title=title, next_step=next_step, detail="Nothing is lost; try again.")
    return body, {"retry-after": str(retry_after_seconds or 1)}


def is_store_away(wrong: BaseException) -> bool:
    """Tell whether an exception says that the store takes nothing now: it is held, full, gone, or asked by too many."""
    if isinstance(wrong, PoolTimeout):
        return True
    if not isinstance(wrong, OperationalError):
        return False
    if type(wrong.orig).__module__.startswith("psycopg"):
        return True  # the connection, a deadlock, a serialization failure, a shutdown, a full disk
    text = str(wrong.orig).lower()
    return any(reason in text for reason in _AWAY)


def field_problems(found: Iterable[Mapping[str, Any]], *, skip: int = 0) -> list[dict[str, str]]:
    """List the first fields of pydantic's errors with their messages; what was sent is never repeated.

    `skip` leaves out the first parts of a place (body, query …). Names that a caller made up are shortened.
    """
    listed = []
    for error in list(found)[:_MAX_ERRORS]:
        place = error["loc"][skip:] or error["loc"][:1] or ("body",)
        field = ".".join(str(part)[:_FIELD_CHARACTERS] for part in place)
        listed.append({"field": field, "message": _message(error)})
    return listed


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
    if len(str(sent)) <= 2:
        return []
    return [str(sent), repr(str(sent))[1:-1]]  # Python's messages quote what was sent with escapes
