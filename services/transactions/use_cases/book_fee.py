"""Charge a customer a fee: debits the account, credits fee income; may pass the floor.

Who: officer, supervisor, or a job of the ledger. Rule: `domain/own_entry.py`. Says: `FeeBooked`.
"""

from services.transactions.domain.access import require_customer_account
from services.transactions.domain.chart_of_accounts import internal_account
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.own_entry import book_own_entry
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import FeeOrder
from shared.clock import format_time
from shared.contracts.transactions import FeeBooked
from shared.money import Money


def needs(order: FeeOrder, context: Context) -> Needs:
    """Read the account and the currency's fee income."""
    return Needs(ids=(order.account_id, internal_account("fee-income", currency=order.currency).id))


def decide(order: FeeOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a fee.

    :raises Refusal: AccountNotFound, BackValueNotAllowed, BadValueDate, or what `book_own_entry` raises
    """
    account = require_customer_account(view.account(order.account_id))
    income = view.internal(internal_account("fee-income", currency=order.currency))
    entry = book_own_entry(
        booking=context.booking(order.description, order.value_date),
        entry_type="fee",
        account=account,
        against=income,
        direction="debit",
        amount=Money(order.amount_minor, order.currency),
    )
    fact = FeeBooked(
        entry_id=entry.id,
        account_id=account.id,
        owners=list(account.owners),
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        balance_after_minor=entry.balance_of(account.id),
        value_date=entry.value_date.isoformat(),
    )
    answer = show_transaction(entry, caller=context.caller, accounts={account.id: account, income.id: income})
    return Decision(status=201, answer=answer, subject_id=entry.id, entry=entry, facts=(fact,), reason=order.reason)


COMMAND = Command(name="book-fee", order=FeeOrder, needs=needs, decide=decide)
