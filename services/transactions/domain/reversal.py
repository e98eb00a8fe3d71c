"""Reversals: a new entry that undoes one, at most once; the original stays as it was booked."""

from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.journal_entry import Booking, JournalEntry, Posting, balance_after
from services.transactions.domain.ledger_account import AccountNotOpen, Direction, LedgerAccount
from shared.errors import Conflict, NotFound


class TransactionNotFound(NotFound):
    """The entry is missing, or the caller may not see it."""

    code = "transactions.transaction-not-found"
    title = "There is no such transaction"
    next_step = "Choose one of the transactions that GET /api/v1/transactions lists."


class AlreadyReversed(Conflict):
    """The entry was reversed before; each is reversed at most once."""

    code = "transactions.already-reversed"
    title = "The transaction was reversed before"
    next_step = "Look at the transaction reversed_by; nothing is left to undo."


class ReversalNotReversible(Conflict):
    """A reversal itself is never reversed: book the transaction again instead."""

    code = "transactions.reversal-not-reversible"
    title = "A reversal cannot be reversed"
    next_step = "Book the original movement again as a new transaction."


def book_reversal(
    *,
    booking: Booking,
    original: JournalEntry,
    reversed_by: str | None,
    accounts: dict[str, LedgerAccount],
    may_be_spent: bool = False,
) -> JournalEntry:
    """Book the mirror image of an entry. `accounts` are the ledger accounts of its postings by id.

    Money that was spent is taken back only if it `may_be_spent`, which a second person decides.

    :raises ReversalNotReversible: if the entry is a reversal
    :raises AlreadyReversed: if it was reversed before
    :raises AccountNotOpen: if a customer's account is closed
    :raises InsufficientFunds: if the money was spent: a customer's account has less available than is taken back
    :raises BalanceOutOfRange: if a balance would leave its range
    """
    if original.type == "reversal":
        raise ReversalNotReversible(transaction_id=original.id)
    if reversed_by is not None:
        raise AlreadyReversed(transaction_id=original.id, reversed_by=reversed_by)
    postings = []
    for leg in original.postings:
        account = accounts[leg.account_id]
        direction: Direction = "debit" if leg.direction == "credit" else "credit"
        if account.status == "closed":
            raise AccountNotOpen("The account is closed.", account_id=account.id, account_status=account.status)
        if direction == "debit" and not account.is_internal and not may_be_spent:
            _require_unspent(account, leg.amount_minor)
        after = balance_after(account, direction, leg.amount_minor)
        postings.append(Posting(account.id, direction, leg.amount_minor, after))
    return JournalEntry(
        id=booking.entry_id,
        type="reversal",
        amount=original.amount,
        payer_account_id=original.payee_account_id,
        payee_account_id=original.payer_account_id,
        description=booking.description,
        booked_at=booking.booked_at,
        business_date=booking.business_date,
        value_date=booking.business_date,
        postings=tuple(postings),
        reverses=original.id,
    )


def _require_unspent(account: LedgerAccount, amount_minor: int) -> None:
    if amount_minor <= account.available_minor:
        return
    raise InsufficientFunds(
        "The money was spent: less is available than would be taken back.",
        next_step=(
            "Ask the account's owner to pay back what is missing, then reverse the transaction; or send the reversal "
            "with ask_checker true and a new key, so that a second person decides."
        ),
        account_id=account.id,
        currency=account.currency,
        amount_minor=amount_minor,
        available_minor=account.available_minor,
        options=[
            {"action": "pay-in", "amount_minor": amount_minor - account.available_minor},
            {"action": "ask-checker", "amount_minor": amount_minor},
        ],
    )
