"""A holiday of the bank's own is taken out again, as long as it lies ahead."""

import pytest

from services.transactions.domain.holiday import BadHoliday, HolidayNotFound
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.holiday_bench import close, reopen


class TestWithdrawHoliday:
    def test_is_audited_with_what_was_there(self, days: DayBench) -> None:
        close(days, "2027-11-19")
        assert reopen(days, "2027-11-19").name == "Moving house"
        [(command, before, reason)] = days.rows(
            "SELECT command, before, reason FROM audit ORDER BY sequence DESC LIMIT 1"
        )
        assert (command, reason) == ("withdraw-holiday", "The vault stays")
        assert "Moving house" in str(before)
        assert days.count("bank_holidays") == 0

    def test_refuses_the_calendars_own_days(self, days: DayBench) -> None:
        for day in ("2028-01-01", "2027-11-20", "2027-11-19"):
            with pytest.raises(HolidayNotFound):
                reopen(days, day)

    def test_refuses_a_day_that_has_come(self, days: DayBench) -> None:
        close(days, "2027-11-16")
        days.end_day()
        with pytest.raises(BadHoliday):
            reopen(days, "2027-11-16")
