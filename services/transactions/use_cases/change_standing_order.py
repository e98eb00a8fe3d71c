"""Change a standing order: amount, description, end, pause and go on; or cancel it.

Who: the owner of the payer account, or staff at a desk. Rule: `domain/standing_order.py`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session

from services.transactions.domain.access import require_mover
from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.cosignature import require_sole_signature
from services.transactions.domain.ledger_account import AccountNotFound, LedgerAccount, PayeeNotFound
from services.transactions.domain.standing_order import OrderNotFound, StandingOrder, require_changeable, resumed
from services.transactions.store.ledger_queries import find_account
from services.transactions.store.ledger_store import load_accounts
from services.transactions.store.order_store import find_order, save_order
from services.transactions.use_cases.place_standing_order import Confirm, require_confirmed
from shared.contracts.caller import Caller
from shared.errors import PreconditionFailed
from shared.store.audit import record_audit


class OrderChangedMeanwhile(PreconditionFailed):
    """Somebody changed the order since the caller read it."""

    code = "transactions.order-changed"
    title = "The standing order was changed meanwhile"
    next_step = "Read the order again, then repeat your change with its version."


@dataclass(frozen=True, slots=True)
class OrderChange:
    """What is to change; None leaves as it is."""

    amount_minor: int | None = None
    description: str | None = None
    end_on: date | None = None
    status: Literal["active", "paused", "cancelled"] | None = None


def owned_order(session: Session, *, caller: Caller, order_id: str) -> tuple[StandingOrder, LedgerAccount]:
    """Give an order that the caller may use, and its payer account.

    :raises OrderNotFound: if it is missing or another person's
    """
    order = find_order(session, order_id)
    try:
        payer = require_mover(caller, find_account(session, order.account_id) if order else None)
    except AccountNotFound:
        raise OrderNotFound("There is no order with this id that you may use.") from None
    assert order is not None  # noqa: S101 - for the type checker: without an order there was no account
    return order, payer


def change_standing_order(
    session: Session,
    *,
    caller: Caller,
    order_id: str,
    expected_version: int | None,
    change: OrderChange,
    calendar: BankCalendar,
    rules: BankRules,
    confirm: Confirm,
    today: date,
    at: datetime,
    reason: str | None = None,
) -> StandingOrder:
    """Change an order and give it as it is then; without an expected version whatever is there is changed.

    :raises Refusal: OrderNotFound, OrderEnded, OrderChangedMeanwhile, StepUpRequired for a larger amount, or
        CosignatureRequired: where all owners sign together, one of them stops an order, and no more
    """
    order, payer = owned_order(session, caller=caller, order_id=order_id)
    if change.status == "cancelled" and order.status == "cancelled":
        return order
    require_changeable(order)
    if expected_version is not None and expected_version != order.version:
        raise OrderChangedMeanwhile("Read it again.", current_version=order.version)
    if change not in (OrderChange(status="paused"), OrderChange(status="cancelled")):
        require_sole_signature(caller, payer)
    now = _changed(order, change, at=at)
    if now.amount_minor > order.amount_minor:
        payee = next(iter(load_accounts(session, ids=(), numbers=(order.to_account_number,))), None)
        if payee is None:
            raise PayeeNotFound("No account of this bank has this number any more.")
        require_confirmed(
            session, caller=caller, payer=payer, payee=payee, order=now, rules=rules, confirm=confirm, at=at
        )
    now = _with_status(now, change.status, today=today, calendar=calendar)
    if not save_order(session, now, expected_version=order.version):
        raise OrderChangedMeanwhile("Read it again.", current_version=order.version + 1)
    record_audit(
        session,
        caller=caller,
        command="change-standing-order",
        subject_type="standing-order",
        subject_id=order.id,
        before={"amount_minor": order.amount_minor, "status": order.status},
        after={"amount_minor": now.amount_minor, "status": now.status},
        reason=reason,
    )
    return replace(now, version=order.version + 1)


def _changed(order: StandingOrder, change: OrderChange, *, at: datetime) -> StandingOrder:
    return replace(
        order,
        amount_minor=change.amount_minor or order.amount_minor,
        description=order.description if change.description is None else change.description,
        end_on=change.end_on or order.end_on,
        updated_at=at,
    )


def _with_status(order: StandingOrder, status: str | None, *, today: date, calendar: BankCalendar) -> StandingOrder:
    if status == "cancelled":
        return replace(order, status="cancelled", next_due_on=None)
    if status == "paused":
        return replace(order, status="paused", next_due_on=None)
    if status == "active" and order.status == "paused":
        return resumed(order, today=today, calendar=calendar)
    return order.at(order.next_number, calendar) if order.status == "active" else order
