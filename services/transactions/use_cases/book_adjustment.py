"""Put a balance right by hand: a customer's account, or one of the bank's own, against over and short or suspense.

Who: officer, supervisor, or a job of the ledger. Rule: `domain/own_entry.py`. Says: `AdjustmentBooked`.
"""

from services.transactions.domain.chart_of_accounts import internal_account
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.domain.own_entry import book_own_entry
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import AdjustmentOrder
from shared.clock import format_time
from shared.contracts.transactions import AdjustmentBooked
from shared.money import Money


def needs(order: AdjustmentOrder, context: Context) -> Needs:
    """Read the account and the own account that it is put right against."""
    return Needs(ids=(order.account_id, internal_account(order.against, currency=order.currency).id))


def decide(order: AdjustmentOrder, context: Context, view: LedgerView) -> Decision:
    """Decide an adjustment; its description is the reason, which lands in the audit trail.

    :raises Refusal: AccountNotFound, SameAccount, BackValueNotAllowed, BadValueDate, or what `book_own_entry` raises
    """
    account = view.account(order.account_id)
    if account is None:
        raise AccountNotFound("There is no account with this id.")
    against = view.internal(internal_account(order.against, currency=order.currency))
    entry = book_own_entry(
        booking=context.booking(order.reason, order.value_date),
        entry_type="adjustment",
        account=account,
        against=against,
        direction=order.direction,
        amount=Money(order.amount_minor, order.currency),
    )
    fact = AdjustmentBooked(
        entry_id=entry.id,
        account_id=account.id,
        owners=list(account.owners),
        direction=order.direction,
        against=order.against,
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        balance_after_minor=entry.balance_of(account.id),
        value_date=entry.value_date.isoformat(),
    )
    answer = show_transaction(entry, caller=context.caller, accounts={account.id: account, against.id: against})
    return Decision(status=201, answer=answer, subject_id=entry.id, entry=entry, facts=(fact,), reason=order.reason)


COMMAND = Command(name="book-adjustment", order=AdjustmentOrder, needs=needs, decide=decide)
