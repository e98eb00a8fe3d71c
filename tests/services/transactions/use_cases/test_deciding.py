"""The frame of every decision."""

from datetime import UTC, date, datetime

from services.transactions.use_cases.deciding import Context
from tests.services.transactions.conftest import ADA


class TestContext:
    def test_gives_an_entry_its_identity_moment_and_day(self) -> None:
        moment = datetime(2026, 1, 2, tzinfo=UTC)
        booking = Context(ADA, moment, date(2026, 1, 1), "e-1").booking("rent")
        assert (booking.entry_id, booking.booked_at, booking.description) == ("e-1", moment, "rent")
        assert booking.business_date == date(2026, 1, 1)
