"""Holds: money set aside. Place → capture (part or all; final gives the rest back) | release | expire."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from services.transactions.domain.funds import require_funds
from services.transactions.domain.journal_entry import Booking, JournalEntry, book_pair, require_two_accounts
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import Limits, require_within_limits
from shared.errors import Conflict, Invalid, NotFound
from shared.money import Money

HoldStatus = Literal["held", "captured", "released", "expired"]

DEFAULT_LIFE = timedelta(days=7)
LONGEST_LIFE = timedelta(days=366)


class HoldNotFound(NotFound):
    """The hold is missing, or the caller may not see it."""

    code = "transactions.hold-not-found"
    title = "There is no such hold"
    next_step = "Choose one of the holds that GET /api/v1/holds lists for the account."


class HoldNotHeld(Conflict):
    """The hold was captured, released or expired before."""

    code = "transactions.hold-not-held"
    title = "The hold is no longer held"
    next_step = "Place a new hold if money is still to be set aside."


class OverCapture(Conflict):
    """More is captured than the hold still sets aside."""

    code = "transactions.over-capture"
    title = "More than the hold sets aside"
    next_step = "Capture at most open_minor, or all that is open by leaving the amount out."


class BadExpiry(Invalid):
    """The hold would expire in the past, or too far in the future."""

    code = "transactions.bad-expiry"
    title = "A hold expires in the future, within 366 days"
    next_step = "Choose a time after now and within longest_days days, or leave it out for seven days."


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold; amounts in minor units, `expires_at` on the bank's clock."""

    id: str
    account_id: str
    amount_minor: int
    currency: str
    created_at: datetime
    expires_at: datetime
    status: HoldStatus = "held"
    captured_minor: int = 0
    released_minor: int = 0
    to_account_number: str | None = None
    description: str = ""
    business_date: date | None = None
    """The day it was placed on, and counted in the payer's limits; older holds were not counted."""

    @property
    def open_minor(self) -> int:
        """Give what is still set aside, in minor units."""
        return self.amount_minor - self.captured_minor - self.released_minor

    def require_held(self, now: datetime) -> None:
        """Check that the hold still holds.

        :raises HoldNotHeld: if it was captured, released, or its time is over
        """
        if self.status != "held":
            raise HoldNotHeld(f"The hold is {self.status}.", hold_id=self.id, hold_status=self.status)
        if self.expires_at <= now:
            raise HoldNotHeld("The hold's time is over.", hold_id=self.id, hold_status="expired")


def place_hold(*, hold: Hold, payer: LedgerAccount, limits: Limits, business_date: date) -> Hold:
    """Set money aside.

    :raises AccountNotOpen: if the account is not open
    :raises AccountFrozen: if it is frozen for debits
    :raises CurrencyMismatch: if it is held in another currency
    :raises InsufficientFunds: if the amount exceeds what is available
    :raises LimitExceeded: if it passes one of the payer's limits
    :raises BadExpiry: if it would not expire within 366 days from now
    """
    if not hold.created_at < hold.expires_at <= hold.created_at + LONGEST_LIFE:
        raise BadExpiry(expires_at=hold.expires_at.isoformat(), longest_days=LONGEST_LIFE.days)
    payer.require_movable("debit")
    payer.require_currency(hold.currency)
    require_funds(payer=payer, amount_minor=hold.amount_minor)
    require_within_limits(payer=payer, limits=limits, amount_minor=hold.amount_minor, business_date=business_date)
    return replace(hold, business_date=business_date)


def capture_hold(
    *, booking: Booking, hold: Hold, payer: LedgerAccount, payee: LedgerAccount, amount_minor: int | None, final: bool
) -> tuple[JournalEntry, Hold]:
    """Turn a hold, or a part of it, into an entry; `final` gives the rest back. Without an amount: all of it.

    :raises SameAccount: if the payee is the payer
    :raises HoldNotHeld: if it no longer holds
    :raises OverCapture: if more is asked for than is still set aside
    :raises AccountNotOpen: if an account is not open
    :raises AccountFrozen: if the payer is frozen for debits or the payee for credits
    :raises CurrencyMismatch: if an account is held in another currency
    """
    require_two_accounts(payer, payee)
    hold.require_held(booking.booked_at)
    asked = hold.open_minor if amount_minor is None else amount_minor
    if asked > hold.open_minor:
        raise OverCapture(
            f"{hold.open_minor} minor units are still set aside.",
            hold_id=hold.id,
            amount_minor=asked,
            open_minor=hold.open_minor,
        )
    payer.require_movable("debit")
    payee.require_movable("credit")
    payee.require_currency(hold.currency)
    amount = Money(asked, hold.currency)
    entry = book_pair(booking=booking, entry_type="capture", debited=payer, credited=payee, amount=amount)
    captured = hold.captured_minor + asked
    rest = hold.open_minor - asked
    done = final or rest == 0
    return entry, replace(
        hold,
        captured_minor=captured,
        released_minor=hold.released_minor + (rest if done else 0),
        status="captured" if done else "held",
    )


def release_hold(*, hold: Hold, now: datetime) -> Hold:
    """Give everything back that is still set aside.

    :raises HoldNotHeld: if it no longer holds
    """
    hold.require_held(now)
    return replace(hold, status="released", released_minor=hold.released_minor + hold.open_minor)


def expire_hold(*, hold: Hold, now: datetime) -> Hold | None:
    """End a hold whose time is over; None if it is not, so that none ends early."""
    if hold.status != "held" or hold.expires_at > now:
        return None
    return replace(hold, status="expired", released_minor=hold.released_minor + hold.open_minor)
