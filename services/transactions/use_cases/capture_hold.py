"""Turn a hold, or a part of it, into an entry. `final` gives the rest back.

Who: staff at a desk (later also API keys). Rule: `domain/hold.py`. Says: `CaptureBooked`.
"""

from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.domain.disclosure import show_hold, show_transaction
from services.transactions.domain.hold import HoldNotFound, capture_hold
from services.transactions.domain.ledger_account import LedgerAccount, PayeeNotFound
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import CaptureOrder
from shared.clock import format_time
from shared.contracts.transactions import CaptureBooked


def needs(order: CaptureOrder, context: Context) -> Needs:
    """Read the hold with its account, its payee and its clearing account, and the payee named now."""
    numbers = (order.to_account_number,) if order.to_account_number else ()
    return Needs(hold_ids=(context.path_ids["hold_id"],), numbers=numbers)


def decide(order: CaptureOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a capture: to the payee named now, else the hold's, else over clearing.

    :raises Refusal: HoldNotFound, PayeeNotFound, or what `capture_hold` raises
    """
    hold = view.hold(context.path_ids["hold_id"])
    payer = view.account(hold.account_id) if hold else None
    if hold is None or payer is None:
        raise HoldNotFound("There is no hold with this id.")
    payee = _payee(order.to_account_number or hold.to_account_number, hold.currency, view)
    entry, after = capture_hold(
        booking=context.booking(hold.description),
        hold=hold,
        payer=payer,
        payee=payee,
        amount_minor=order.amount_minor,
        final=order.final,
    )
    fact = CaptureBooked(
        entry_id=entry.id,
        hold_id=hold.id,
        payer_account_id=payer.id,
        payee_account_id=payee.id,
        payer_owners=list(payer.owners),
        payee_owners=list(payee.owners),
        amount_minor=entry.amount.amount_minor,
        currency=hold.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        payer_balance_after_minor=entry.balance_of(payer.id),
        payee_balance_after_minor=entry.balance_of(payee.id),
    )
    shown = show_transaction(entry, caller=context.caller, accounts={payer.id: payer, payee.id: payee})
    answer = {"transaction": shown, "hold": show_hold(after)}
    return Decision(
        status=201,
        answer=answer,
        subject_id=entry.id,
        entry=entry,
        hold=after,
        facts=(fact,),
        reason=order.reason,
    )


def _payee(number: str | None, currency: str, view: LedgerView) -> LedgerAccount:
    if number is None:
        return view.internal(clearing_account(currency=currency))
    payee = view.account_by_number(number)
    if payee is None:
        raise PayeeNotFound("No account of this bank has this number.")
    return payee


COMMAND = Command(name="capture-hold", order=CaptureOrder, needs=needs, decide=decide)
