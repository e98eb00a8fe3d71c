"""Journal entries: postings that balance, made once and never changed."""

from dataclasses import dataclass
from datetime import date, datetime

from services.transactions.domain.ledger_account import Direction, LedgerAccount
from shared.errors import Conflict
from shared.money import MAX_BALANCE_MINOR, Money


class BalanceOutOfRange(Conflict):
    """The command would take a balance past what every reader can hold exactly (2^53 − 1)."""

    code = "transactions.balance-out-of-range"
    title = "The balance would leave the range that can be kept exactly"
    next_step = "Choose a smaller amount, or another account."


class SameAccount(Conflict):
    """Payer and payee are one account."""

    code = "transactions.same-account"
    title = "Payer and payee are the same account"
    next_step = "Name two different accounts."


@dataclass(frozen=True, slots=True)
class Posting:
    """One leg of an entry; the amount is positive, in minor units."""

    account_id: str
    direction: Direction
    amount_minor: int
    balance_after_minor: int


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Postings whose debits equal their credits in one currency."""

    id: str
    type: str
    amount: Money
    payer_account_id: str
    payee_account_id: str
    description: str
    booked_at: datetime
    business_date: date
    value_date: date
    postings: tuple[Posting, ...]
    reverses: str | None = None

    def balance_of(self, account_id: str) -> int | None:
        """Give what an account had after this entry, in minor units; None if the entry does not touch it."""
        return next((leg.balance_after_minor for leg in self.postings if leg.account_id == account_id), None)


@dataclass(frozen=True, slots=True)
class Booking:
    """What every entry is given from outside: its identity, its moment and its day."""

    entry_id: str
    booked_at: datetime
    business_date: date
    description: str = ""
    value_date: date | None = None
    """When the entry counts; the business date unless said."""

    @property
    def counts_from(self) -> date:
        """Give the day from which the entry counts."""
        return self.value_date or self.business_date


class Unbalanced(Exception):
    """An entry whose debits are not its credits, or that names an account twice: a mistake of ours, never booked."""


def require_balanced(entry: JournalEntry) -> None:
    """Check an entry before it is written: debits are credits, each account once. All legs are in its one currency.

    :raises Unbalanced: which rolls the command back
    """
    rest, accounts = 0, set()
    for leg in entry.postings:
        rest += leg.amount_minor if leg.direction == "debit" else -leg.amount_minor
        accounts.add(leg.account_id)
    if rest or len(accounts) != len(entry.postings) or len(accounts) < 2:
        raise Unbalanced(f"Entry {entry.id} does not balance.")


def balance_after(account: LedgerAccount, direction: Direction, amount_minor: int) -> int:
    """Give the booked balance after a posting, in the account's normal direction.

    :raises BalanceOutOfRange: if |booked| would pass 2^53 − 1 minor units
    """
    after = account.booked_minor + (amount_minor if direction == account.normal else -amount_minor)
    if abs(after) > MAX_BALANCE_MINOR:
        raise BalanceOutOfRange(
            "The booking would take the balance out of range.",
            account_id=account.id,
            limit_minor=MAX_BALANCE_MINOR,
        )
    return after


def require_two_accounts(payer: LedgerAccount, payee: LedgerAccount) -> None:
    """Check that money would move from one account to another.

    :raises SameAccount: if it would not
    """
    if payer.id == payee.id:
        raise SameAccount("Payer and payee must be two accounts.", account_id=payer.id)


def book_pair(
    *, booking: Booking, entry_type: str, debited: LedgerAccount, credited: LedgerAccount, amount: Money
) -> JournalEntry:
    """Book one debit and one credit of the same amount as an entry.

    On one account the second balance would overwrite the first and money would appear: so it is refused here, too.

    :raises SameAccount: if both are one account
    :raises BalanceOutOfRange: if either balance would leave its range
    """
    require_two_accounts(debited, credited)
    return JournalEntry(
        id=booking.entry_id,
        type=entry_type,
        amount=amount,
        payer_account_id=debited.id,
        payee_account_id=credited.id,
        description=booking.description,
        booked_at=booking.booked_at,
        business_date=booking.business_date,
        value_date=booking.counts_from,
        postings=(
            Posting(debited.id, "debit", amount.amount_minor, balance_after(debited, "debit", amount.amount_minor)),
            Posting(credited.id, "credit", amount.amount_minor, balance_after(credited, "credit", amount.amount_minor)),
        ),
    )
