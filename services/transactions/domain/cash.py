"""The rules of paying in and paying out over an internal account: a branch's cash, or the clearing account."""

from services.transactions.domain.funds import require_funds
from services.transactions.domain.journal_entry import Booking, JournalEntry, book_pair
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import Limits, require_within_limits
from shared.money import Money


def book_deposit(*, booking: Booking, account: LedgerAccount, over: LedgerAccount, amount: Money) -> JournalEntry:
    """Book a deposit as one entry that debits cash (or clearing) and credits the customer.

    :raises AccountNotOpen: if the account is not open
    :raises AccountFrozen: if it is frozen for credits
    :raises CurrencyMismatch: if it is held in another currency
    :raises BalanceOutOfRange: if a balance would leave its range
    """
    account.require_movable("credit")
    account.require_currency(amount.currency)
    return book_pair(booking=booking, entry_type="deposit", debited=over, credited=account, amount=amount)


def book_withdrawal(
    *, booking: Booking, account: LedgerAccount, over: LedgerAccount, amount: Money, limits: Limits
) -> JournalEntry:
    """Book a withdrawal as one entry that debits the customer and credits cash (or clearing).

    :raises AccountNotOpen: if the account is not open
    :raises AccountFrozen: if it is frozen for debits
    :raises CurrencyMismatch: if it is held in another currency
    :raises InsufficientFunds: if the amount exceeds what is available
    :raises LimitExceeded: if it passes one of the account's limits
    """
    account.require_movable("debit")
    account.require_currency(amount.currency)
    require_funds(payer=account, amount_minor=amount.amount_minor)
    require_within_limits(
        payer=account, limits=limits, amount_minor=amount.amount_minor, business_date=booking.business_date
    )
    return book_pair(booking=booking, entry_type="withdrawal", debited=account, credited=over, amount=amount)
