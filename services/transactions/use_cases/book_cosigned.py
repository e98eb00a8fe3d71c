"""Book a transfer that all owners of its account have signed: once, under the id of the co-signature.

Who: the service `accounts`, which keeps the order and who signed it. Rule: `domain/transfer.py`, looked at anew, as for
any transfer of its maker's, and `domain/cosignature.py`. Says: `TransferBooked`.
"""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from services.transactions.domain.cosignature import require_signed
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.use_cases import book_transfer
from services.transactions.use_cases.deciding import BookedEntry, Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import Amount, Currency, Description, Id, Order, TransferOrder
from shared.contracts.caller import Caller


class CosignedOrder(Order):
    """A transfer as its maker ordered it, and which customers have signed it since."""

    customer_id: Id
    signed_by: Annotated[list[Id], Field(min_length=1, max_length=40)]
    from_account_id: Id
    to_account_id: Id
    amount_minor: Amount
    currency: Currency
    description: Description = ""


def needs(order: CosignedOrder, context: Context) -> Needs:
    """Read what the transfer reads, and whether it was booked before."""
    read = book_transfer.needs(_transfer(order), _as_maker(order, context))
    return replace(read, entry_ids=(context.path_ids["cosignature_id"],))


def decide(order: CosignedOrder, context: Context, view: LedgerView) -> Decision:
    """Decide the transfer as if its maker asked for it now; one that is booked is given as it was.

    :raises Refusal: AccountNotFound if the maker owns the account no more, CosignatureRequired if an owner has not
        signed, or what `book_transfer` raises
    """
    inner = _as_maker(order, context)
    booked = view.entry(inner.entry_id)
    if booked is not None:
        return _as_booked(booked, inner, view)
    payer = view.account(order.from_account_id)
    if payer is None or order.customer_id not in payer.owners:
        raise AccountNotFound("Who ordered this does not own the account any more.")
    require_signed(payer, signed_by=order.signed_by)
    # It was confirmed, where that was asked for, when it was ordered.
    decision = replace(book_transfer.book(_transfer(order), inner, view), confirms=())
    return replace(decision, audit_after={"customer_id": order.customer_id, "signed_by": sorted(order.signed_by)})


def _as_maker(order: CosignedOrder, context: Context) -> Context:
    maker = Caller(user_id=context.caller.user_id, customer_id=order.customer_id, roles=frozenset({"customer"}))
    return replace(context, caller=maker, entry_id=context.path_ids["cosignature_id"])


def _transfer(order: CosignedOrder) -> TransferOrder:
    return TransferOrder(
        from_account_id=order.from_account_id,
        to_account_id=order.to_account_id,
        amount_minor=order.amount_minor,
        currency=order.currency,
        description=order.description,
    )


def _as_booked(booked: BookedEntry, context: Context, view: LedgerView) -> Decision:
    ids = (booked.entry.payer_account_id, booked.entry.payee_account_id)
    accounts = {one: account for one in ids if (account := view.account(one)) is not None}
    shown = show_transaction(booked.entry, caller=context.caller, accounts=accounts, reversed_by=booked.reversed_by)
    return Decision(status=200, answer=shown, subject_id=booked.entry.id)


COMMAND = Command(name="book-cosigned", order=CosignedOrder, needs=needs, decide=decide)
