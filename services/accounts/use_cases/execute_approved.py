"""Execute a command of this service that was approved: once, in the transaction that notes it.

Who: the request that approved it, and the worker if that could not. A refusal is noted as well; a fault is tried again.
Says: what the command says. The commands are those of `_COMMANDS`, as `propose` froze them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from services.accounts.domain.approval import ApprovalStatus
from services.accounts.domain.product import Product
from services.accounts.store.approval_store import approval_row
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.change_product import change_product, create_product
from services.accounts.use_cases.close_account import ClosingOrder, begin_closing
from services.accounts.use_cases.set_own_limits import RAISE_LIMITS, put_limits
from services.accounts.use_cases.set_rate import NewRate, set_rate
from services.accounts.use_cases.withdraw_rate import withdraw_rate
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.store.audit import record_audit
from shared.store.engine import Store

Arguments = dict[str, Any]


def _set_rate(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    values = {**given, "effective_from": date.fromisoformat(given["effective_from"])}
    return set_rate(session, caller=caller, rate=NewRate(**values), note=note).id


def _withdraw_rate(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    return withdraw_rate(session, caller=caller, note=note, **given).id


def _create_product(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    product = Product.of_terms(given["code"], given["terms"])
    day = _day(given["effective_from"])
    return create_product(session, caller=caller, product=product, effective_from=day, note=note).product


def _change_product(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    values = {**given, "effective_from": _day(given["effective_from"])}
    return change_product(session, caller=caller, note=note, **values).product


def _close_account(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    order = ClosingOrder(note, given["payout_account_id"])
    begin_closing(session, caller=caller, account_id=given["account_id"], order=order)
    return str(given["account_id"])


def _raise_limits(session: Session, caller: Caller, given: Arguments, note: str | None) -> str:
    return put_limits(session, caller=caller, reason=note, **given).id


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


_COMMANDS: Mapping[str, Callable[[Session, Caller, Arguments, str | None], str]] = {
    "set-rate": _set_rate,
    "withdraw-rate": _withdraw_rate,
    "create-product": _create_product,
    "change-product": _change_product,
    "close-account": _close_account,
    RAISE_LIMITS: _raise_limits,
}


def execute_approved(store: Store, *, approval_id: str) -> ApprovalRow:
    """Execute what was approved and give the request; what is executed, failed or not approved stays as it is."""
    try:
        with store.write() as session:
            row = approval_row(session, approval_id, for_update=True)
            if row.status == ApprovalStatus.APPROVED:
                _run(session, row)
            return row
    except Refusal as refusal:
        return _note_refusal(store, approval_id, refusal)


def _run(session: Session, row: ApprovalRow) -> None:
    frozen = row.frozen or {}
    maker = frozen["maker"]
    row.status = ApprovalStatus.EXECUTED.value  # before it runs: an edit voids what else waits for the same object
    session.add(row)
    session.flush()
    caller = Caller(user_id=maker["user_id"], roles=frozenset(maker["roles"]), branch_id=maker["branch_id"])
    done = _COMMANDS[row.command](session, caller, frozen["arguments"], row.reason)
    _note(session, row, ApprovalStatus.EXECUTED, {"id": done})


def _note_refusal(store: Store, approval_id: str, refusal: Refusal) -> ApprovalRow:
    with store.write() as session:
        row = approval_row(session, approval_id, for_update=True)
        if row.status == ApprovalStatus.APPROVED:
            _note(session, row, ApprovalStatus.FAILED, {"code": refusal.code})
        return row


def _note(session: Session, row: ApprovalRow, status: ApprovalStatus, outcome: dict[str, Any]) -> None:
    row.status, row.outcome = status.value, outcome
    session.add(row)
    session.flush()
    record_audit(
        session,
        caller=Caller.for_service("accounts", row.decided_by),
        command="execute-approved",
        subject_type="approval",
        subject_id=row.id,
        before={"status": ApprovalStatus.APPROVED.value},
        after={"status": row.status, **outcome},
    )
