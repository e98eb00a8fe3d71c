"""Pay money out of an account.

Who: a teller at any branch, or the owner where the product allows. Rule: `domain/cash.py`. Says: `WithdrawalBooked`.
A large one at a desk waits for a second person (`asking.py`).
"""

from services.transactions.domain.access import require_cash_allowed, require_mover
from services.transactions.domain.cash import book_withdrawal
from services.transactions.domain.cosignature import require_sole_signature
from services.transactions.domain.disclosure import show_transaction
from services.transactions.use_cases.asking import checked
from services.transactions.use_cases.counter import counter_account
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import CashOrder
from shared.clock import format_time
from shared.contracts.transactions import WithdrawalBooked
from shared.money import Money


def needs(order: CashOrder, context: Context) -> Needs:
    """Read the account and the internal account that the money is booked over."""
    return Needs(ids=(order.account_id, counter_account(context.caller, order.currency).id))


def decide(order: CashOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a withdrawal.

    :raises Refusal: AccountNotFound, CashAtTellerOnly, CosignatureRequired, or what `book_withdrawal` raises
    """
    account = require_mover(context.caller, view.account(order.account_id))
    require_cash_allowed(context.caller, account)
    require_sole_signature(context.caller, account)
    over = view.internal(counter_account(context.caller, order.currency))
    amount = Money(order.amount_minor, order.currency)
    entry = book_withdrawal(
        booking=context.booking(order.description, order.value_date),
        account=account,
        over=over,
        amount=amount,
        limits=context.rules.limits_of(account),
    )
    fact = WithdrawalBooked(
        entry_id=entry.id,
        account_id=account.id,
        owners=list(account.owners),
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        balance_after_minor=entry.balance_of(account.id),
    )
    answer = show_transaction(entry, caller=context.caller, accounts={account.id: account, over.id: over})
    return checked(
        Decision(status=201, answer=answer, subject_id=entry.id, entry=entry, facts=(fact,)),
        command="withdrawal",
        order=order,
        amount=amount,
        subject=("account", account.id),
        change=({"booked_minor": account.booked_minor}, {"booked_minor": entry.balance_of(account.id)}),
        context=context,
    )


COMMAND = Command(name="book-withdrawal", order=CashOrder, needs=needs, decide=decide)
