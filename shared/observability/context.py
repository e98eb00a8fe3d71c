"""The request that this thread or task works for: its id, its trace, its deadline and which try it is.

Set once at the door (HTTP, stream or job); logs, outbox, audit and calls to other services read it from here.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shared.clock import now
from shared.ids import new_id

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Deeds:
    """What was done for a request, for the audit trail: noted where it happens, read at the door when it has ended."""

    audited: bool = False
    """A command left its record."""
    passed_on: bool = False
    """The command went on to a process that keeps the record."""
    looked_at: set[str] = field(default_factory=set)
    """The customers whose data the answer shows, by id."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """What is passed on with everything done for one request."""

    request_id: str
    traceparent: str
    deadline: datetime | None = None
    attempt: int = 1
    parent: str | None = None
    """What came as `traceparent`: the span that this one is a child of."""
    deeds: Deeds = field(default_factory=Deeds, compare=False)


_sampled_below: int | None = None
"""Of new traces those are recorded whose id's lower 64 bits lie below; None while this process records none."""


def sample_traces(ratio: float) -> None:
    """Mark a share of the traces that begin here (0 to 1) as recorded, decided by the trace's id."""
    global _sampled_below
    _sampled_below = int(ratio * 2**64)


def _flags_of_new(trace: str) -> str:
    return "00" if _sampled_below is None or int(trace[16:], 16) >= _sampled_below else "01"


_current: ContextVar[RequestContext | None] = ContextVar("bank_request", default=None)


def accept_request_id(sent: str | None) -> str:
    """Take the caller's request id if it is 1–64 of A–Z a–z 0–9 _ . - and make a new one otherwise."""
    return sent if sent is not None and _REQUEST_ID.fullmatch(sent) else new_id()


def accept_traceparent(sent: str | None, *, from_outside: bool = False) -> str:
    """Continue the caller's W3C trace with a new span, or begin a new trace.

    Whether a trace is recorded is decided where it begins; a caller `from_outside` of the bank does not decide that.
    """
    found = _TRACEPARENT.fullmatch(sent) if sent is not None else None
    if found is None:
        fresh = secrets.token_hex(24)
        return f"00-{fresh[:32]}-{fresh[32:]}-{_flags_of_new(fresh[:32])}"
    trace, flags = found.groups()
    if from_outside and _sampled_below is not None:
        flags = _flags_of_new(trace)
    return f"00-{trace}-{secrets.token_hex(8)}-{flags}"


def accept_deadline(sent: str | None) -> datetime | None:
    """Read a deadline in Unix milliseconds; None when there is none or it cannot be read."""
    if sent is None or len(sent) > 14 or not (sent.isascii() and sent.isdigit()):
        return None
    return _EPOCH + timedelta(milliseconds=int(sent))


def accept_attempt(sent: str | None) -> int:
    """Read which try of its caller a request is; 1 when nothing readable is said."""
    return int(sent) if sent is not None and len(sent) <= 3 and sent.isascii() and sent.isdigit() and sent != "0" else 1


def deadline_header(deadline: datetime) -> str:
    """Write a deadline in Unix milliseconds, as `accept_deadline` reads it."""
    return str((deadline - _EPOCH) // timedelta(milliseconds=1))


def deadline_after(seconds: float) -> str:
    """Write the deadline that lies so many seconds ahead, as `accept_deadline` reads it."""
    return deadline_header(now() + timedelta(seconds=seconds))


def enter_context(context: RequestContext) -> Token[RequestContext | None]:
    """Begin to work for a request; give the result to `leave_context` at the end."""
    return _current.set(context)


def leave_context(token: Token[RequestContext | None]) -> None:
    """End the work that `enter_context` began."""
    _current.reset(token)


@contextmanager
def request_context(
    *,
    request_id: str | None = None,
    traceparent: str | None = None,
    deadline: datetime | None = None,
    attempt: int = 1,
) -> Iterator[RequestContext]:
    """Work for a request inside a `with`: what is missing or unreadable is made new (consumers, jobs, tests)."""
    own = accept_traceparent(traceparent)
    context = RequestContext(accept_request_id(request_id), own, deadline, attempt, parent=traceparent)
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def current_context() -> RequestContext | None:
    """Give what is known of the request that is worked for, None outside of any."""
    return _current.get()


def current_request_id() -> str | None:
    """Give the id of the request that is worked for, None outside of any."""
    context = _current.get()
    return context.request_id if context else None


def note_audited() -> None:
    """Note that the command of this request left its audit record."""
    context = _current.get()
    if context is not None:
        context.deeds.audited = True


def note_passed_on() -> None:
    """Note that the command of this request went on to a process that keeps its record."""
    context = _current.get()
    if context is not None:
        context.deeds.passed_on = True


def looked_at(*customer_ids: str) -> None:
    """Note whose data the answer to this request shows; where a member of staff asks, the customer is told of it."""
    context = _current.get()
    if context is not None:
        context.deeds.looked_at.update(customer_ids)


def current_traceparent() -> str | None:
    """Give the W3C trace context to pass on, None outside of any request."""
    context = _current.get()
    return context.traceparent if context else None


def current_deadline() -> datetime | None:
    """Give the real time after which nobody waits for the answer, None when nobody said."""
    context = _current.get()
    return context.deadline if context else None


def current_attempt() -> int:
    """Give which try of its caller the current request is, counted from 1."""
    context = _current.get()
    return context.attempt if context else 1


def remaining_seconds() -> float | None:
    """Give the seconds left until the deadline (negative when it has passed), None when there is no deadline."""
    deadline = current_deadline()
    return None if deadline is None else (deadline - now()).total_seconds()
