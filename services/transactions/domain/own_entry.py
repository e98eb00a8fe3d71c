"""What the bank books on its own account: fees, interest, adjustments.

These may pass the floor: no funds and no limits are asked for. A closed account takes nothing. A freeze in one
direction is about what customers and the desk order, so these pass it; a freeze of `all` stops them, too.
"""

from typing import Literal

from services.transactions.domain.journal_entry import Booking, JournalEntry, book_pair
from services.transactions.domain.ledger_account import AccountFrozen, AccountNotOpen, Direction, LedgerAccount
from shared.money import Money

OwnEntryType = Literal["fee", "interest", "adjustment"]


def book_own_entry(
    *,
    booking: Booking,
    entry_type: OwnEntryType,
    account: LedgerAccount,
    against: LedgerAccount,
    direction: Direction,
    amount: Money,
) -> JournalEntry:
    """Book an entry that debits or credits an account against one of the bank's own.

    :raises AccountNotOpen: if the account is closed
    :raises AccountFrozen: if everything on it is frozen
    :raises CurrencyMismatch: if it is held in another currency
    :raises SameAccount: if both are one account
    :raises BalanceOutOfRange: if a balance would leave its range
    """
    if account.status == "closed":
        raise AccountNotOpen("The account is closed.", account_id=account.id, account_status=account.status)
    if account.freeze == "all":
        raise AccountFrozen("The account is frozen for all.", account_id=account.id, freeze=account.freeze)
    account.require_currency(amount.currency)
    debited, credited = (account, against) if direction == "debit" else (against, account)
    return book_pair(booking=booking, entry_type=entry_type, debited=debited, credited=credited, amount=amount)
