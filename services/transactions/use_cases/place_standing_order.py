"""Order a transfer that repeats, or one for a later day.

Who: the owner of the payer account, or staff at a desk. Rule: `domain/standing_order.py`; what would need a step-up as
a transfer needs one here, once for the whole order, since nobody is there to confirm when it comes about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from services.transactions.domain.access import require_mover
from services.transactions.domain.bank_calendar import BankCalendar, CalendarRule
from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.confirmation import needs_step_up
from services.transactions.domain.cooling_off import counted_as_new, is_asked
from services.transactions.domain.cosignature import require_sole_signature
from services.transactions.domain.journal_entry import require_two_accounts
from services.transactions.domain.ledger_account import LedgerAccount, PayeeNotFound
from services.transactions.domain.rhythm import Rhythm
from services.transactions.domain.standing_order import StandingOrder, require_days
from services.transactions.store.confirmation_store import Confirmation, load_confirmations, write_confirmations
from services.transactions.store.ledger_queries import find_account
from services.transactions.store.ledger_store import load_accounts
from services.transactions.store.order_store import add_order
from services.transactions.store.payee_store import load_payee_lists
from shared.clients.step_up import StepUpSubject, step_up_required
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit

Confirm = Callable[[StepUpSubject], str]
"""Checks the step-up token that came with the request and gives its id; refuses a missing or another one."""

STANDING_ORDER = "standing-order"


@dataclass(frozen=True, slots=True)
class OrderWish:
    """What is ordered; the payee by number or by id."""

    from_account_id: str
    to_account_number: str | None
    to_account_id: str | None
    amount_minor: int
    currency: str
    description: str
    rhythm: Rhythm
    start_on: date
    end_on: date | None
    calendar_rule: CalendarRule
    retries: int


def place_standing_order(
    session: Session,
    *,
    caller: Caller,
    wish: OrderWish,
    calendar: BankCalendar,
    rules: BankRules,
    confirm: Confirm,
    today: date,
    at: datetime,
) -> StandingOrder:
    """Keep a new order.

    :raises Refusal: AccountNotFound, PayeeNotFound, AccountNotOpen, CurrencyMismatch, SameAccount, BadOrderDays,
        CosignatureRequired, PayeeCoolingOff, or StepUpRequired
    """
    # The writer counts an account's orders after it has locked it: it sees this one, or we see that it is closed.
    payer = require_mover(caller, find_account(session, wish.from_account_id, unchanged=True))
    require_sole_signature(caller, payer)
    payee = _payee(session, wish)
    require_two_accounts(payer, payee)
    payer.require_movable("debit")
    for account in (payer, payee):
        account.require_currency(wish.currency)
    order = _order(caller, wish, payer, payee, at).at(0, calendar)
    require_days(order, today=today)
    require_confirmed(
        session, caller=caller, payer=payer, payee=payee, order=order, rules=rules, confirm=confirm, at=at
    )
    add_order(session, order)
    record_audit(
        session,
        caller=caller,
        command="place-standing-order",
        subject_type="standing-order",
        subject_id=order.id,
        after={"amount_minor": order.amount_minor, "currency": order.currency, "rhythm": order.rhythm},
    )
    return order


def _order(caller: Caller, wish: OrderWish, payer: LedgerAccount, payee: LedgerAccount, at: datetime) -> StandingOrder:
    return StandingOrder(
        id=new_id(),
        account_id=payer.id,
        customer_id=caller.customer_id or "",
        to_account_number=payee.account_number or "",
        amount_minor=wish.amount_minor,
        currency=wish.currency,
        description=wish.description,
        rhythm=wish.rhythm,
        start_on=wish.start_on,
        end_on=wish.end_on,
        calendar_rule=wish.calendar_rule,
        retries=wish.retries,
        status="active",
        next_number=0,
        next_due_on=None,
        version=1,
        created_at=at,
        updated_at=at,
    )


def _payee(session: Session, wish: OrderWish) -> LedgerAccount:
    if wish.to_account_number is not None:
        found = next(iter(load_accounts(session, ids=(), numbers=(wish.to_account_number,))), None)
    else:
        found = find_account(session, wish.to_account_id or "")
    if found is None or found.is_internal or found.account_number is None:
        raise PayeeNotFound("No account of this bank has this number or id.")
    return found


def require_confirmed(
    session: Session,
    *,
    caller: Caller,
    payer: LedgerAccount,
    payee: LedgerAccount,
    order: StandingOrder,
    rules: BankRules,
    confirm: Confirm,
    at: datetime,
) -> None:
    """Check that a customer confirmed an order where a transfer of this amount to this payee would have to be.

    :raises PayeeCoolingOff: if a payee who is new to them would get more than a new one does
    :raises StepUpRequired: if not, or if the token was used before
    """
    customer = caller.customer_id or ""
    if is_asked(caller=caller, payer=payer, payee=payee, rules=rules):
        # Once for the whole order, as the step-up: what is new today would be no more when the order comes about.
        standing = load_payee_lists(session, [customer]).standing((customer, payee.id), at.date())
        counted_as_new(amount_minor=order.amount_minor, standing=standing, currency=order.currency, rules=rules, at=at)
    known = load_confirmations(session, [customer], []).payees if customer else frozenset()
    asks = needs_step_up(
        caller=caller,
        payer=payer,
        payee=payee,
        amount_minor=order.amount_minor,
        rules=rules,
        is_confirmed=lambda customer_id, account_id: (customer_id, account_id) in known,
    )
    if not asks:
        return
    subject = StepUpSubject(STANDING_ORDER, order.amount_minor, order.currency, payer.id, order.to_account_number)
    token = confirm(subject)
    if token in load_confirmations(session, [], [token]).tokens:
        raise step_up_required(subject, "This step-up token was used.")
    write_confirmations(session, [Confirmation(token, customer, order.id, (payee.id,))], at=at)
