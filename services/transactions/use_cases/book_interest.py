"""Pay a customer interest, or charge it on an overdraft: against interest expense, or interest income.

Who: officer, supervisor, or a job of the ledger. Rule: `domain/own_entry.py`. Says: `InterestBooked`.
"""

from services.transactions.domain.access import require_customer_account
from services.transactions.domain.chart_of_accounts import InternalKind, internal_account
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.own_entry import book_own_entry
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import InterestOrder
from shared.clock import format_time
from shared.contracts.transactions import InterestBooked
from shared.money import Money


def needs(order: InterestOrder, context: Context) -> Needs:
    """Read the account and the currency's interest expense or income."""
    return Needs(ids=(order.account_id, _against(order).id))


def decide(order: InterestOrder, context: Context, view: LedgerView) -> Decision:
    """Decide interest.

    :raises Refusal: AccountNotFound, BackValueNotAllowed, BadValueDate, or what `book_own_entry` raises
    """
    account = require_customer_account(view.account(order.account_id))
    against = view.internal(_against(order))
    entry = book_own_entry(
        booking=context.booking(order.description, order.value_date),
        entry_type="interest",
        account=account,
        against=against,
        direction=order.direction,
        amount=Money(order.amount_minor, order.currency),
    )
    fact = InterestBooked(
        entry_id=entry.id,
        account_id=account.id,
        owners=list(account.owners),
        direction=order.direction,
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        balance_after_minor=entry.balance_of(account.id),
        value_date=entry.value_date.isoformat(),
    )
    answer = show_transaction(entry, caller=context.caller, accounts={account.id: account, against.id: against})
    return Decision(status=201, answer=answer, subject_id=entry.id, entry=entry, facts=(fact,), reason=order.reason)


def _against(order: InterestOrder) -> LedgerAccount:
    kind: InternalKind = "interest-expense" if order.direction == "credit" else "interest-income"
    return internal_account(kind, currency=order.currency)


COMMAND = Command(name="book-interest", order=InterestOrder, needs=needs, decide=decide)
