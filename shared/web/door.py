"""The door of every service: pure ASGI around the app, so that nothing is reached that the policy does not list.

Order of checks: size and address → policy row → token → role → deadline → body (size, type, strict JSON). Whatever
happens, the answer is the app's own or a problem, carries X-Request-Id, and is counted and logged once by its template.
"""

import time
from typing import Protocol

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.clients.verify import InvalidToken, MissingToken
from shared.clock import now_ns
from shared.contracts.caller import Caller
from shared.contracts.policy.row import ANYONE, PolicyRow
from shared.errors import Unavailable
from shared.observability.context import (
    RequestContext,
    accept_attempt,
    accept_deadline,
    accept_request_id,
    accept_traceparent,
    current_context,
    enter_context,
    leave_context,
    remaining_seconds,
)
from shared.observability.metrics import IN_FLIGHT, observe_request
from shared.observability.tracing import is_recorded, record_span
from shared.store.witness import Witness
from shared.web.bodies import CallerLeft, check_declared_length, headers_named, read_body, replay
from shared.web.policy_table import PathIds, PolicyTable
from shared.web.problem_bodies import field_problems
from shared.web.problems import problem_of, problem_response
from shared.web.refusals import MalformedAddress, RoleNotAllowed
from shared.web.visit import SCOPE_KEY, Visit
from shared.web.witnessing import code_of, records_of

MAX_ADDRESS_BYTES = 8192
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_UNLOGGED = frozenset({"/livez", "/readyz", "/metrics"})
_log = structlog.get_logger("bank.access")


class DeadlinePassed(Unavailable):
    """Nobody waits for this answer any more."""

    code = "request.deadline-passed"


class Verifier(Protocol):
    """Who can say whose token it is."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token that was verified before and still holds, without waiting."""

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; may wait for keys."""


class _Answer:
    """Sends one answer: adds the headers every answer has, remembers the status, has kept first what must be kept."""

    def __init__(self, send: Send, *, request_id: str, head_only: bool, witness: Witness | None) -> None:
        self._send = send
        self._request_id = request_id
        self._head_only = head_only
        self._witness = witness
        self._refusal: Message | None = None
        self.visit: Visit | None = None
        self.status = 0
        self.fault: Exception | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self._request_id
            headers.setdefault("cache-control", "no-store")
            headers.setdefault("x-content-type-options", "nosniff")
            if 400 <= status < 500 and self.visit is not None:
                self._refusal = message  # its code is in the body, which comes next
                return
            await self._keep(status, replayed="idempotency-replayed" in headers)
            self.status = status
        elif message["type"] == "http.response.body":
            if self._refusal is not None:
                start, self._refusal = self._refusal, None
                await self._keep(start["status"], code=code_of(message.get("body", b"")))
                self.status = start["status"]
                await self._send(start)
            if self._head_only:
                message = {**message, "body": b""}
        await self._send(message)

    async def _keep(self, status: int, *, code: str | None = None, replayed: bool = False) -> None:
        if self._witness is None or self.visit is None:
            return
        records = records_of(self.visit, status=status, code=code, replayed=replayed)
        if not records:
            return
        try:
            await run_in_threadpool(self._witness.record, records)
        except Exception as wrong:
            _log.warning("record.not-kept", status=status, fault=type(wrong).__name__)
            if self.visit.row.method == "GET" or self.visit.row.reads:
                self.fault = Unavailable("Who looks at a customer's data is recorded, which is not possible now.")
                raise self.fault from wrong


class Door:
    """The middleware."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        service: str,
        policy: PolicyTable,
        verifier: Verifier,
        bodiless: frozenset[tuple[str, str]] = frozenset(),
        witness: Witness | None = None,
    ) -> None:
        """Stand in front of an app; `bodiless` names its routes (method, template) that read no body."""
        self._witness = witness
        self._app = app
        self._service = service
        self._policy = policy
        self._verifier = verifier
        self._bodiless = bodiless
        self._in_flight = IN_FLIGHT.labels(service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; lifespan passes through, and nothing else than HTTP is spoken."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        context = _context_of(scope)
        token = enter_context(context)
        method = str(scope["method"]) if scope["method"] in _METHODS else "OTHER"
        head_only = method == "HEAD"
        if head_only:
            method = "GET"
            scope = {**scope, "method": "GET"}
        answer = _Answer(send, request_id=context.request_id, head_only=head_only, witness=self._witness)
        began = time.perf_counter()
        found = self._policy.find(method, scope["path"])
        route = found[0].path if isinstance(found, tuple) else "unmatched"
        self._in_flight.inc()
        try:
            await self._handle(scope, receive, answer, found)
        except CallerLeft:
            answer.status = answer.status or 499
        except Exception as wrong:  # noqa: BLE001  (the one place where anything unforeseen ends)
            answer.visit = None if answer.fault else answer.visit
            problem = problem_of(answer.fault or wrong)
            if not answer.status:
                await problem(scope, receive, answer)
        finally:
            self._in_flight.dec()
            self._note(method, route, answer.status or 499, time.perf_counter() - began)
            leave_context(token)

    def _note(self, method: str, route: str, status: int, seconds: float) -> None:
        observe_request(service=self._service, method=method, route=route, status=status, seconds=seconds)
        if route in _UNLOGGED:
            return
        _log.info("request", method=method, route=route, status=status, milliseconds=round(seconds * 1000, 2))
        context = current_context()
        if context is not None and is_recorded(context.traceparent):
            record_span(
                f"{method} {route}",
                traceparent=context.traceparent,
                parent=context.parent,
                kind="SERVER",
                began_ns=now_ns() - int(seconds * 1e9),
                attributes={"http.route": route, "http.request.method": method, "http.response.status_code": status},
                failed=status >= 500,
            )

    async def _handle(
        self, scope: Scope, receive: Receive, answer: _Answer, found: tuple[PolicyRow, PathIds] | frozenset[str]
    ) -> None:
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            await problem_response("request.uri-too-long")(scope, receive, answer)
            return
        if b"%00" in scope["query_string"] or "\0" in scope["path"]:
            raise MalformedAddress  # PostgreSQL's text cannot hold it, so no store is asked for it
        check_declared_length(scope, found[0].upload if isinstance(found, tuple) else None)
        if not isinstance(found, tuple):
            await _nothing_here(found)(scope, receive, answer)
            return
        row, ids = found
        visit = answer.visit = Visit(row=row, path_ids=ids, caller=await self._let_in(scope, row))
        if not row.admits(visit.caller):
            raise RoleNotAllowed
        remaining = remaining_seconds()
        if remaining is not None and remaining <= 0:
            raise DeadlinePassed("The deadline had passed when the request came.")
        scope[SCOPE_KEY] = visit
        if row.method != "GET":
            raw, visit.body = await read_body(scope, receive, row.upload)
            if visit.body not in (None, {}) and (row.method, row.path) in self._bodiless:
                await _unread(visit.body)(scope, receive, answer)
                return
            receive = replay(raw, receive)
        await self._app(scope, receive, answer)

    async def _let_in(self, scope: Scope, row: PolicyRow) -> Caller:
        """Verify the token; one on a public route is not looked at."""
        if ANYONE in row.roles:
            return Caller.anonymous()
        raw = bearer_token(scope)
        caller = self._verifier.cached(raw)
        if caller is None:
            caller = await run_in_threadpool(self._verifier.verify, raw)
        return caller


def bearer_token(scope: Scope) -> str:
    """Give the token of the Authorization header.

    :raises MissingToken: if there is no such header
    :raises InvalidToken: if there are several, or it is not `Bearer <token>`
    """
    sent = headers_named(scope, b"authorization")
    if not sent:
        raise MissingToken
    kind, _, raw = sent[0].partition(b" ")
    if len(sent) > 1 or kind.lower() != b"bearer" or not raw or not raw.isascii():
        raise InvalidToken
    return raw.decode("ascii")


def _context_of(scope: Scope) -> RequestContext:
    sent: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in (b"x-request-id", b"traceparent", b"x-deadline", b"x-attempt"):
            sent[name] = value.decode("latin-1")
    traceparent = sent.get(b"traceparent")
    return RequestContext(
        request_id=accept_request_id(sent.get(b"x-request-id")),
        traceparent=accept_traceparent(traceparent),
        parent=traceparent,
        deadline=accept_deadline(sent.get(b"x-deadline")),
        attempt=accept_attempt(sent.get(b"x-attempt")),
    )


def _unread(body: object) -> ASGIApp:
    """Refuse fields that nobody would read: who sends them believes that they do something."""
    names = list(body) if isinstance(body, dict) else ["body"]
    found = [{"type": "extra_forbidden", "loc": (name,), "msg": "Extra inputs are not permitted"} for name in names]
    return problem_response("request.invalid", numbers={"errors": field_problems(found)})


def _nothing_here(methods: frozenset[str]) -> ASGIApp:
    if not methods:
        return problem_response("request.not-found")
    allowed = methods | {"HEAD"} if "GET" in methods else methods
    return problem_response("request.method-not-allowed", headers={"allow": ", ".join(sorted(allowed))})
