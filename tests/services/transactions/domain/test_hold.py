"""The rules of holds, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.hold import (
    BadExpiry,
    Hold,
    HoldNotHeld,
    OverCapture,
    capture_hold,
    expire_hold,
    place_hold,
    release_hold,
)
from services.transactions.domain.journal_entry import Booking
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import UNLIMITED

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOOKING = Booking("e-1", NOW, date(2026, 3, 1))
HOLD = Hold("h-1", "a", 100, "EUR", created_at=NOW, expires_at=NOW + timedelta(days=1))
PAYER = LedgerAccount(id="a", kind="customer", currency="EUR", booked_minor=500, held_minor=100)
PAYEE = LedgerAccount(id="b", kind="customer", currency="EUR")


def place(hold: Hold) -> Hold:
    """Place a hold without limits."""
    return place_hold(hold=hold, payer=PAYER, limits=UNLIMITED, business_date=BOOKING.business_date)


class TestPlaceHold:
    def test_takes_what_is_available_and_no_more(self) -> None:
        assert place(replace(HOLD, amount_minor=400)).open_minor == 400
        with pytest.raises(InsufficientFunds):
            place(replace(HOLD, amount_minor=401))

    @pytest.mark.parametrize("life", [timedelta(0), timedelta(seconds=-1), timedelta(days=367)])
    def test_expires_in_the_future_within_a_year(self, life: timedelta) -> None:
        with pytest.raises(BadExpiry):
            place(replace(HOLD, expires_at=NOW + life))


class TestCaptureHold:
    def test_of_a_part_gives_the_rest_back_when_final(self) -> None:
        entry, after = capture_hold(booking=BOOKING, hold=HOLD, payer=PAYER, payee=PAYEE, amount_minor=60, final=True)
        assert (entry.type, entry.amount.amount_minor) == ("capture", 60)
        assert (after.status, after.captured_minor, after.released_minor, after.open_minor) == ("captured", 60, 40, 0)

    def test_of_a_part_keeps_the_rest_held_when_not_final(self) -> None:
        _, after = capture_hold(booking=BOOKING, hold=HOLD, payer=PAYER, payee=PAYEE, amount_minor=60, final=False)
        assert (after.status, after.open_minor) == ("held", 40)
        _, done = capture_hold(booking=BOOKING, hold=after, payer=PAYER, payee=PAYEE, amount_minor=40, final=False)
        assert (done.status, done.captured_minor, done.released_minor) == ("captured", 100, 0)

    def test_of_more_than_is_set_aside_is_refused(self) -> None:
        with pytest.raises(OverCapture):
            capture_hold(booking=BOOKING, hold=HOLD, payer=PAYER, payee=PAYEE, amount_minor=101, final=True)

    def test_after_its_time_is_refused(self) -> None:
        late = Booking("e-1", HOLD.expires_at, date(2026, 3, 2))
        with pytest.raises(HoldNotHeld):
            capture_hold(booking=late, hold=HOLD, payer=PAYER, payee=PAYEE, amount_minor=1, final=True)


class TestTheEndOfAHold:
    def test_release_gives_all_back_once(self) -> None:
        released = release_hold(hold=HOLD, now=NOW)
        assert (released.status, released.released_minor) == ("released", 100)
        with pytest.raises(HoldNotHeld):
            release_hold(hold=released, now=NOW)

    def test_expiry_is_never_early(self) -> None:
        assert expire_hold(hold=HOLD, now=HOLD.expires_at - timedelta(microseconds=1)) is None
        expired = expire_hold(hold=HOLD, now=HOLD.expires_at)
        assert expired is not None
        assert (expired.status, expired.open_minor) == ("expired", 0)
