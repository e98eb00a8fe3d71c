"""From a frame to a submission: who asks, may they, is it JSON, is it an order. Nothing is decided here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from services.transactions.use_cases import (
    book_batch,
    book_deposit,
    book_transfer,
    book_withdrawal,
    capture_hold,
    place_hold,
    put_ledger_account,
    release_hold,
    reverse_entry,
)
from services.transactions.use_cases.deciding import Command
from services.transactions.writing.submission import Answer, Submission
from shared.clients.frames import Frame
from shared.contracts.caller import Caller
from shared.contracts.policy.row import PolicyRow
from shared.contracts.policy.transactions import POLICY
from shared.errors import Invalid, NotFound
from shared.observability.context import accept_deadline
from shared.store.idempotency import fingerprint
from shared.web.problem_bodies import field_problems
from shared.web.refusals import BadIdempotencyKey, RoleNotAllowed
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
    "PUT /internal/ledger-accounts/{account_id}": put_ledger_account.COMMAND,
}
"""Which command a route stands for."""

_ROWS: Mapping[str, PolicyRow] = {f"{row.method} {row.path}": row for row in POLICY}


class Verifier(Protocol):
    """Who can say whose token it is: a `TokenVerifier`."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token that was verified before and still holds, without waiting."""

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; may wait for keys."""


class InvalidOrder(Invalid):
    """A field of the body is not what it must be."""

    code = "request.invalid"
    title = "The request has fields that cannot be accepted"


class NoSuchCommand(NotFound):
    """The route is not one of the ledger's commands."""

    code = "request.not-found"
    title = "There is nothing here"


@dataclass(frozen=True, slots=True)
class Intake:
    """Checks frames in the order of the API: token → role → shape."""

    verifier: Verifier

    def must_wait(self, frame: Frame) -> bool:
        """Tell whether checking this frame may wait for identity's keys."""
        return self.verifier.cached(frame.token or "") is None

    def submission(self, frame: Frame, answer: Callable[[Answer], None]) -> Submission:
        """Check a frame and give the submission for the queue.

        :raises Refusal: what the first failing check says
        """
        command = COMMANDS.get(frame.route)
        if command is None:
            raise NoSuchCommand("The ledger has no such command.")
        caller = self._caller(frame)
        key = _key(frame.key, required=command.key_required and not frame.dry_run)
        order = _order(command, frame.body)
        return Submission(
            command=command,
            order=order,
            caller=caller,
            route=_route_identity(frame),
            key=key,
            fingerprint=fingerprint(order.model_dump(mode="json")),
            path_ids=dict(frame.path_ids),
            request_id=frame.request_id,
            traceparent=frame.traceparent,
            deadline=accept_deadline(frame.deadline),
            answer=answer,
            dry_run=frame.dry_run,
        )

    def _caller(self, frame: Frame) -> Caller:
        caller = self.verifier.verify(frame.token or "")
        if not _ROWS[frame.route].admits(caller):
            raise RoleNotAllowed
        return caller


def _route_identity(frame: Frame) -> str:
    ids = "".join(f" {name}={value}" for name, value in sorted(frame.path_ids.items()))
    return frame.route + ids


def _key(key: str | None, *, required: bool) -> str | None:
    if key is None and not required:
        return None
    if key is None or not 1 <= len(key) <= 255 or any(not "!" <= c <= "~" for c in key):
        raise BadIdempotencyKey("Send the header Idempotency-Key with 1 to 255 visible ASCII characters.")
    return key


def _order(command: Command, body: bytes) -> Any:
    value = parse_strict(body) if body else {}
    try:
        return command.order.model_validate(value)
    except ValidationError as wrong:
        errors = field_problems(wrong.errors(include_url=False))
        raise InvalidOrder("Some fields cannot be accepted; see `errors`.", errors=errors) from None
