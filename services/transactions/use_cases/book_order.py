"""Book an occurrence of a standing order: a transfer that its customer ordered earlier.

Who: the ledger's own end of day, for an owner of the payer account. Rule: `domain/transfer.py`, funds and limits as for
any transfer. Says: `TransferBooked`.
"""

from dataclasses import replace

from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.use_cases import book_transfer
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import (
    AccountNumber,
    Amount,
    Currency,
    Description,
    Id,
    Order,
    TransferOrder,
)
from shared.contracts.caller import Caller


class OrderTransfer(Order):
    """An occurrence's transfer; `customer_id` is who ordered it."""

    order_id: Id
    customer_id: str
    from_account_id: Id
    to_account_number: AccountNumber
    amount_minor: Amount
    currency: Currency
    description: Description = ""


def needs(order: OrderTransfer, context: Context) -> Needs:
    """Read the payer by id and the payee by number."""
    return Needs(ids=(order.from_account_id,), numbers=(order.to_account_number,))


def decide(order: OrderTransfer, context: Context, view: LedgerView) -> Decision:
    """Decide the transfer as if its customer asked for it now.

    :raises Refusal: AccountNotFound if they own the account no more, or what `book_transfer` raises
    """
    payer = view.account(order.from_account_id)
    if payer is None or (order.customer_id and order.customer_id not in payer.owners):
        raise AccountNotFound("Who ordered this does not own the account any more.")
    role = "customer" if order.customer_id else "teller"
    owner = Caller(user_id=None, customer_id=order.customer_id or None, roles=frozenset({role}))
    transfer = TransferOrder(
        from_account_id=order.from_account_id,
        to_account_number=order.to_account_number,
        amount_minor=order.amount_minor,
        currency=order.currency,
        description=order.description,
    )
    # It was confirmed, and its payee looked at, where that was asked for, when it was ordered.
    rules = replace(context.rules, new_payee_limit_minor=None)
    return replace(book_transfer.book(transfer, replace(context, caller=owner, rules=rules), view), confirms=())


COMMAND = Command(name="book-order", order=OrderTransfer, needs=needs, decide=decide)
