"""One request and its answer: what is known about it, and the only place that sends.

Everything that leaves the gateway passes `start` here, so the security headers and the request id are on every answer.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from gateway.headers import NO_STORE, Headers, content_policy, names_of
from gateway.refusals import BodyTooLarge, BodyTooSlow, MethodNotAllowed, RateExceeded
from gateway.whole_answers import EXTENSION
from shared import errors
from shared.clients.verify import MissingToken

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_STATUSES: tuple[tuple[type[errors.BankError], int], ...] = (
    (MethodNotAllowed, 405),
    (errors.Malformed, 400),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooLarge, 413),
    (errors.TooManyRequests, 429),
    (errors.Unavailable, 503),
)


class ClientGone(Exception):
    """The client hung up; nobody is left to answer."""


class AnswerBroken(Exception):
    """The answer broke off after its head was sent: the connection must be cut, so that the client sees it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    body: bytes = b""
    content_type: bytes = b"application/json"
    headers: Headers = field(default_factory=list)
    policy: bytes | None = None
    forms: tuple[tuple[bytes, bytes], ...] = ()
    """The same body packed, by the name of the packing, the best first."""


@dataclass(slots=True)
class Exchange:
    """A request with its answer under way."""

    scope: Scope
    receive: Receive
    send: Send
    security: Headers
    request_id: str = ""
    traceparent: str = ""
    parent: str | None = None
    template: str = "unmatched"
    upstream: str = "gateway"
    user_id: str | None = None
    address: str = ""
    status: int = 0

    def __post_init__(self) -> None:
        """Name the request before anything can go wrong with it."""
        self.request_id, self.traceparent, self.parent = names_of(self.scope["headers"])

    @property
    def method(self) -> str:
        """Give the request's method."""
        return str(self.scope["method"])

    async def start(self, status: int, headers: Headers, *, policy: bytes | None = None) -> None:
        """Send the status and the headers, with those that every answer carries."""
        self.status = status
        every = [content_policy(policy), (b"x-request-id", self.request_id.encode()), *self.security]
        await self.send({"type": "http.response.start", "status": status, "headers": [*headers, *every]})

    async def part(self, body: bytes, *, more: bool) -> None:
        """Send a part of the body."""
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

    async def whole(self, status: int, headers: Headers, body: bytes) -> None:
        """Send a whole answer with a `content-length`, to a request but HEAD: in one piece where the server can."""
        extension = self.scope.get("extensions", {}).get(EXTENSION)
        every = [*headers, content_policy(None), (b"x-request-id", self.request_id.encode()), *self.security]
        if extension is not None and extension.send(status, every, body):
            self.status = status
            return
        await self.start(status, headers)
        await self.part(body, more=False)

    async def answer(self, answer: Answer) -> None:
        """Send a whole answer."""
        length = [(b"content-length", str(len(answer.body)).encode())] if answer.status != 304 else []
        headers = [*length, *answer.headers]
        if answer.body:
            headers.append((b"content-type", answer.content_type))
        await self.start(answer.status, headers, policy=answer.policy)
        await self.part(b"" if self.method == "HEAD" else answer.body, more=False)

    async def body(self, *, declared: bytes | None, limit_bytes: int, until: float) -> bytes:
        """Read the request's body whole; it is short by rule, and a request with all its bytes can be sent again.

        :param until: the loop's time at which patience ends
        :raises BodyTooLarge: before reading it, if its length is declared
        :raises BodyTooSlow: if it has not arrived by then
        :raises ClientGone: if the client hung up
        """
        try:
            async with asyncio.timeout_at(until):
                return await self.body_in_time(declared=declared, limit_bytes=limit_bytes)
        except TimeoutError:
            raise BodyTooSlow("The body did not arrive in time.") from None

    async def body_in_time(self, *, declared: bytes | None, limit_bytes: int) -> bytes:
        """Read the body like `body`; the caller limits the time."""
        if declared is not None and int(declared) > limit_bytes:
            raise BodyTooLarge(limit_bytes=limit_bytes)
        if declared in (None, b"0") and not _is_chunked(self.scope["headers"]):
            return b""
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > limit_bytes:
                raise BodyTooLarge(limit_bytes=limit_bytes)
            if not message.get("more_body", False):
                return b"".join(parts)


def _is_chunked(headers: Headers) -> bool:
    return any(name == b"transfer-encoding" for name, _ in headers)


def status_of(wrong: type[errors.BankError]) -> int:
    """Give the HTTP status of a kind of refusal or fault of the gateway."""
    return next((status for kind, status in _STATUSES if issubclass(wrong, kind)), 500)


def problem(error: errors.BankError, request_id: str) -> Answer:
    """Write a refusal or fault as an RFC 9457 problem."""
    status = status_of(type(error))
    code, title = getattr(error, "code", "service.unavailable"), getattr(error, "title", "Not available right now")
    detail, numbers = getattr(error, "detail", ""), getattr(error, "numbers", {})
    content = {"type": f"/api/problems#{code}", "title": title, "status": status, "code": code}
    next_step = getattr(error, "next_step", "")
    content |= {"detail": detail or title, "next_step": next_step, "request_id": request_id, **numbers}
    headers: Headers = [NO_STORE]
    if isinstance(error, MethodNotAllowed):
        headers.append((b"allow", error.allow.encode()))
    if isinstance(error, errors.Unauthenticated):
        missing = isinstance(error, MissingToken)
        headers.append((b"www-authenticate", b"Bearer" if missing else b'Bearer error="invalid_token"'))
    if isinstance(error, errors.Unavailable | RateExceeded):
        headers.append((b"retry-after", str(error.retry_after_seconds or 1).encode()))
    if isinstance(error, BodyTooLarge | BodyTooSlow):
        # The rest of the body is still on its way: the connection cannot be used again.
        headers.append((b"connection", b"close"))
    return Answer(status, json.dumps(content).encode(), b"application/problem+json", headers)
