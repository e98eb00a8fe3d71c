"""The rule of a transfer between two accounts of the bank."""

from services.transactions.domain.funds import require_funds
from services.transactions.domain.journal_entry import Booking, JournalEntry, book_pair, require_two_accounts
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import Limits, require_within_limits
from shared.money import Money


def book_transfer(
    *, booking: Booking, payer: LedgerAccount, payee: LedgerAccount, amount: Money, limits: Limits
) -> JournalEntry:
    """Book a transfer as one entry that debits the payer and credits the payee.

    :raises SameAccount: if the payer is the payee
    :raises AccountNotOpen: if either account is not open
    :raises AccountFrozen: if the payer is frozen for debits or the payee for credits
    :raises CurrencyMismatch: if either account is held in another currency
    :raises InsufficientFunds: if the amount exceeds what the payer has available
    :raises LimitExceeded: if it passes one of the payer's limits
    :raises BalanceOutOfRange: if the payee's balance would leave its range
    """
    require_two_accounts(payer, payee)
    payer.require_movable("debit")
    payee.require_movable("credit")
    payer.require_currency(amount.currency)
    payee.require_currency(amount.currency)
    require_funds(payer=payer, amount_minor=amount.amount_minor)
    require_within_limits(
        payer=payer, limits=limits, amount_minor=amount.amount_minor, business_date=booking.business_date
    )
    return book_pair(booking=booking, entry_type="transfer", debited=payer, credited=payee, amount=amount)
