"""What endpoints ask for in their signatures: the caller, the idempotency key, a page, the expected version."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query
from starlette.requests import Request

from shared.contracts.caller import Caller
from shared.errors import Malformed, PreconditionFailed, PreconditionRequired
from shared.web.refusals import BadIdempotencyKey
from shared.web.visit import visit_of

T = TypeVar("T")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ETAG = re.compile(r'"([0-9]{1,15})"')
_CURSOR_CHARACTERS = 1024
# The document says what these functions check; pydantic must not check it first, with another status.
_KEY_SHAPE: dict[str, Any] = {"pattern": "^[!-~]{1,255}$"}
NEEDED = "x-needed"
"""Marks a parameter that the document calls required; its own function says so, with its own status."""
_NEEDED_KEY_SHAPE: dict[str, Any] = {**_KEY_SHAPE, NEEDED: True}
_ETAG_SHAPE: dict[str, Any] = {"pattern": '^"[0-9]{1,15}"$'}
_CURSOR_SHAPE: dict[str, Any] = {"pattern": "^[A-Za-z0-9_-]{1,1024}$"}


class BadCursor(Malformed):
    """The cursor did not come from an earlier page."""

    code = "request.bad-cursor"
    title = "The cursor is not one of ours"
    next_step = "Take the cursor from next of the page before, or begin without one."


class BadVersion(Malformed):
    """If-Match is not one version in quotes, or says something else than the body."""

    code = "request.bad-version"
    title = 'If-Match takes one version in quotes, as in "3"'
    next_step = 'Send one version in If-Match, in quotes as in "3".'


class VersionRequired(PreconditionRequired):
    """A change must say which version it changes."""

    code = "request.version-required"
    title = "Say which version you change: If-Match or the field version"
    next_step = "Send the version that you saw, in If-Match or in the field version."


class VersionMismatch(PreconditionFailed):
    """Somebody else changed the object first."""

    code = "request.version-mismatch"
    title = "Somebody else changed this first"
    next_step = "Read the object again and repeat your change on its newest version."


async def current_caller(request: Request) -> Caller:
    """Give the verified caller; anonymous on public routes."""
    return visit_of(request).caller


async def request_principal(request: Request) -> str:
    """Give who an idempotency key belongs to: the user, or the service and the user it acts for."""
    return visit_of(request).caller.principal


def route_identity(request: Request) -> str:
    """Give the route part of a request's identity: method, path template and the ids in the path."""
    visit = visit_of(request)
    ids = "".join(f" {name}={value}" for name, value in visit.path_ids)
    return f"{visit.row.method} {visit.row.path}{ids}"


async def optional_idempotency_key(
    request: Request,
    _documented: Annotated[str | None, Header(alias="Idempotency-Key", json_schema_extra=_KEY_SHAPE)] = None,
) -> str | None:
    """Read the Idempotency-Key, None when none was sent.

    :raises BadIdempotencyKey: if it was sent twice or is not 1–255 visible ASCII characters
    """
    return _key_of(request)


async def idempotency_key(
    request: Request,
    _documented: Annotated[str | None, Header(alias="Idempotency-Key", json_schema_extra=_NEEDED_KEY_SHAPE)] = None,
) -> str:
    """Read the Idempotency-Key of a route that needs one.

    :raises BadIdempotencyKey: if it is missing, was sent twice, or is not 1–255 visible ASCII characters
    """
    key = _key_of(request)
    if key is None:
        raise BadIdempotencyKey
    return key


def _key_of(request: Request) -> str | None:
    sent = request.headers.getlist("idempotency-key")
    if not sent:
        return None
    if len(sent) > 1 or not _KEY.fullmatch(sent[0]):
        raise BadIdempotencyKey
    return sent[0]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list is asked for: up to `limit` items after the item that `after` names."""

    limit: int
    after: str | None

    def cut(self, rows: Sequence[T], cursor_of: Callable[[T], str]) -> tuple[list[T], str | None]:
        """Cut rows read with `limit + 1` to one page, and give the cursor of the next page if there is one."""
        page = list(rows[: self.limit])
        return page, encode_cursor(cursor_of(page[-1])) if len(rows) > self.limit else None


def encode_cursor(text: str) -> str:
    """Make an opaque cursor (base64url without padding) of what identifies the last item of a page."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """Read a cursor back.

    :raises BadCursor: if it is not what `encode_cursor` gives
    """
    try:
        if not cursor or len(cursor) > _CURSOR_CHARACTERS:
            raise BadCursor
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as wrong:
        raise BadCursor from wrong
    if encode_cursor(text) != cursor or "\x00" in text:
        raise BadCursor
    return text


async def page_request(
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(json_schema_extra=_CURSOR_SHAPE)] = None,
) -> PageRequest:
    """Read `?limit=1…200&after=`.

    :raises BadCursor: if `after` did not come from an earlier page
    """
    return PageRequest(limit=limit, after=None if after is None else decode_cursor(after))


async def require_version(
    request: Request,
    _documented: Annotated[str | None, Header(alias="If-Match", json_schema_extra=_ETAG_SHAPE)] = None,
) -> int:
    """Read the version that the caller saw, from If-Match or the body's field `version`.

    :raises VersionRequired: if neither is there
    :raises BadVersion: if If-Match is not one version in quotes, or the two differ
    """
    headers = request.headers.getlist("if-match")
    body = visit_of(request).body
    in_body = body.get("version") if isinstance(body, dict) else None
    if not isinstance(in_body, int) or isinstance(in_body, bool):
        in_body = None
    if not headers:
        if in_body is None:
            raise VersionRequired
        return in_body
    found = _ETAG.fullmatch(headers[0]) if len(headers) == 1 else None
    if found is None or (in_body is not None and in_body != int(found[1])):
        raise BadVersion
    return int(found[1])


def check_version(*, expected: int, current: int) -> None:
    """Compare the version that the caller saw with the object's.

    :raises VersionMismatch: with `current_version`, if somebody changed it since
    """
    if expected != current:
        raise VersionMismatch("Read it again, then repeat your change.", current_version=current)


def etag(version: int) -> str:
    """Write a version as the ETag header that If-Match takes."""
    return f'"{version}"'


CurrentCaller = Annotated[Caller, Depends(current_caller)]
RequestPrincipal = Annotated[str, Depends(request_principal)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]
OptionalIdempotencyKey = Annotated[str | None, Depends(optional_idempotency_key)]
Page = Annotated[PageRequest, Depends(page_request)]
ExpectedVersion = Annotated[int, Depends(require_version)]
