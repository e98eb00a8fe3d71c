"""From a frame to a submission: who asks, may they, is it JSON, is it an order. Nothing is decided here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from services.transactions.domain.bank_rules import NO_RULES, BankRules
from services.transactions.use_cases import (
    book_adjustment,
    book_batch,
    book_cosigned,
    book_deposit,
    book_fee,
    book_interest,
    book_order,
    book_transfer,
    book_withdrawal,
    capture_hold,
    close_business_date,
    execute_approved,
    move_clock,
    place_hold,
    put_ledger_account,
    release_hold,
    reverse_entry,
)
from services.transactions.use_cases.deciding import Command
from services.transactions.writing.submission import Answer, Submission
from services.transactions.writing.tracing import begin_span
from shared.clients.frames import Frame
from shared.clients.step_up import StepUp
from shared.contracts.caller import Caller
from shared.contracts.policy.row import PolicyRow
from shared.contracts.policy.transactions import POLICY
from shared.errors import BankError, Invalid, NotFound, Refusal
from shared.observability.context import accept_deadline
from shared.observability.tracing import is_recorded
from shared.store.audit import AuditRecord
from shared.store.idempotency import fingerprint
from shared.store.witness import refusal_of
from shared.web.bodies import check_type
from shared.web.problem_bodies import field_problems, status_of
from shared.web.refusals import BadIdempotencyKey, MalformedAddress, RoleNotAllowed
from shared.web.strict_json import parse_strict

COMMANDS: Mapping[str, Command] = {
    "POST /api/v1/deposits": book_deposit.COMMAND,
    "POST /api/v1/withdrawals": book_withdrawal.COMMAND,
    "POST /api/v1/transfers": book_transfer.COMMAND,
    "POST /api/v1/transfers/batch": book_batch.COMMAND,
    "POST /api/v1/holds": place_hold.COMMAND,
    "POST /api/v1/holds/{hold_id}/capture": capture_hold.COMMAND,
    "POST /api/v1/holds/{hold_id}/release": release_hold.COMMAND,
    "POST /api/v1/transactions/{transaction_id}/reverse": reverse_entry.COMMAND,
    "POST /api/v1/ledger/fees": book_fee.COMMAND,
    "POST /api/v1/ledger/interest": book_interest.COMMAND,
    "POST /api/v1/ledger/adjustments": book_adjustment.COMMAND,
    "PUT /internal/ledger-accounts/{account_id}": put_ledger_account.COMMAND,
    "POST /internal/business-date/close": close_business_date.COMMAND,
    "POST /internal/clock": move_clock.COMMAND,
    "POST /internal/order-transfers": book_order.COMMAND,
    "POST /internal/approved-commands/{approval_id}": execute_approved.COMMAND,
    "POST /internal/cosigned-transfers/{cosignature_id}": book_cosigned.COMMAND,
}
"""Which command a route stands for. The rows of these routes are `framed`: the gateway sends them here itself."""

Reply = Callable[[Answer], None]
_ROWS: Mapping[str, PolicyRow] = {f"{row.method} {row.path}": row for row in POLICY}
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_BOOLEAN = TypeAdapter(bool)


class Verifier(Protocol):
    """Who can say whose token it is: a `TokenVerifier`."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token that was verified before and still holds, without waiting."""

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; may wait for keys."""


class StepUpReader(Protocol):
    """Who can read a step-up token: a `TokenVerifier` with identity's keys."""

    def __call__(self, raw: str, caller: Caller) -> StepUp | None:
        """Give a good token of the caller's session, else None; may wait for keys."""


def no_step_ups(raw: str, caller: Caller) -> StepUp | None:
    """Read no token: whatever needs one is refused."""
    return None


class InvalidOrder(Invalid):
    """A field of the body is not what it must be."""

    code = "request.invalid"
    title = "The request has fields that cannot be accepted"
    next_step = "Correct the fields that errors names and send the request again."


class NoSuchCommand(NotFound):
    """The route is not one of the ledger's commands."""

    code = "request.not-found"
    title = "There is nothing here"
    next_step = "Check the address against the API document at /api/docs."


class InvalidQuery(Invalid):
    """A parameter of the query is not what it must be."""

    code = "request.invalid"
    title = "A field is not what it must be"
    next_step = "Correct the fields that errors names and send the request again."


@dataclass(frozen=True, slots=True)
class Intake:
    """Checks frames in the order of the API: address → token → role → JSON → key → query → shape.

    What an HTTP door has read of a request is not read again; the gateway's frames bring the request as it came.
    """

    verifier: Verifier
    rules: BankRules = NO_RULES
    step_ups: StepUpReader = no_step_ups

    def known_caller(self, frame: Frame) -> Caller | None:
        """Give who sends a frame, without waiting; None if checking its tokens may wait for identity's keys."""
        if frame.step_up is not None:
            return None
        return self.verifier.cached(frame.token or "")

    def refusal(self, frame: Frame, no: BankError) -> AuditRecord | None:
        """Give the record of a command that this door refused to somebody it knows; None of a fault or a stranger."""
        caller = self.verifier.cached(frame.token or "")
        if caller is None or frame.route not in COMMANDS or not isinstance(no, Refusal) or frame.dry_run:
            return None
        status = status_of(type(no))
        return refusal_of(
            caller, frame.route, frame.path_ids or {}, status=status, code=no.code, request_id=frame.request_id
        )

    def submission(self, frame: Frame, answer: Reply, caller: Caller | None = None) -> Submission:
        """Check a frame and give the submission for the queue.

        :raises Refusal: what the first failing check says
        """
        command = COMMANDS.get(frame.route)
        if command is None:
            raise NoSuchCommand("The ledger has no such command.")
        if frame.query is not None and "%00" in frame.query:
            raise MalformedAddress
        if caller is None:
            caller = self.verifier.verify(frame.token or "")
        if not _ROWS[frame.route].admits(caller):
            raise RoleNotAllowed
        content = _content(frame)
        if frame.key is not None and not _KEY.fullmatch(frame.key):
            raise BadIdempotencyKey
        dry_run = _dry_run(frame.query) if frame.query else frame.dry_run
        if frame.key is None and command.key_required and not dry_run:
            raise BadIdempotencyKey("Send the header Idempotency-Key with 1 to 255 visible ASCII characters.")
        order = _order(command, content)
        traceparent = frame.traceparent
        if is_recorded(traceparent):
            traceparent, answer = begin_span(command.name, traceparent, answer)
        return Submission(
            command=command,
            order=order,
            caller=caller,
            route=_route_identity(frame),
            key=frame.key,
            fingerprint=fingerprint(order.model_dump(mode="json")),
            path_ids=dict(frame.path_ids),
            request_id=frame.request_id,
            traceparent=traceparent,
            deadline=accept_deadline(frame.deadline),
            answer=answer,
            dry_run=dry_run,
            rules=self.rules,
            step_up=self.step_ups(frame.step_up, caller) if frame.step_up else None,
        )


def _route_identity(frame: Frame) -> str:
    if not frame.path_ids:
        return frame.route
    return frame.route + "".join(f" {name}={value}" for name, value in sorted(frame.path_ids.items()))


def _content(frame: Frame) -> Any:
    """Read the body as JSON; an empty one is an object without members."""
    if not frame.body:
        return {}
    if frame.query is not None and (frame.content_type != "application/json" or frame.content_encoding is not None):
        check_type(_given(frame.content_type), _given(frame.content_encoding))
    return parse_strict(frame.body)


def _given(header: str | None) -> list[bytes]:
    return [] if header is None else [header.encode("latin-1", "replace")]


def _dry_run(query: str) -> bool:
    """Read `dry_run` of a query string as the API's routes read it: the last one counts, others are not looked at."""
    given = dict(parse_qsl(query, keep_blank_values=True)).get("dry_run")
    if given is None:
        return False
    try:
        return _BOOLEAN.validate_python(given)
    except ValidationError as wrong:
        [found] = field_problems([{**error, "loc": ("dry_run",)} for error in wrong.errors(include_url=False)])
        raise InvalidQuery(f"{found['field']}: {found['message']}", errors=[found]) from None


def _order(command: Command, content: Any) -> Any:
    try:
        return command.order.model_validate(content)
    except ValidationError as wrong:
        errors = field_problems(wrong.errors(include_url=False))
        raise InvalidOrder("Some fields cannot be accepted; see `errors`.", errors=errors) from None
