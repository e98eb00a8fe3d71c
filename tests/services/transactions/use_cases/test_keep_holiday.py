"""A holiday of the bank's own: kept with its reason, and days are gone through by it."""

from datetime import date

import pytest

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import AlreadyClosed, BadHoliday
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.holiday_bench import close, reopen
from tests.services.transactions.use_cases.test_accrue_interest import begun


class TestKeepHoliday:
    def test_is_audited_with_its_reason_and_leaves_a_job(self, days: DayBench) -> None:
        close(days, "2027-11-19")
        audited = days.rows(
            "SELECT command, subject_type, subject_id, reason FROM audit ORDER BY sequence DESC LIMIT 1"
        )
        assert audited == [("keep-holiday", "holiday", "2027-11-19", "The vault is moved")]
        assert days.rows("SELECT kind FROM jobs") == [("roll-orders",)]

    def test_is_kept_once(self, days: DayBench) -> None:
        close(days, "2027-11-19")
        with pytest.raises(AlreadyClosed):
            close(days, "2027-11-19")

    def test_is_refused_for_the_date_that_opens_next_once_it_is_decided(self, days: DayBench) -> None:
        begun(days, "run-orders")
        with pytest.raises(BadHoliday):
            close(days, "2027-11-16")
        close(days, "2027-11-17")

    def test_is_passed_over_where_a_business_date_is_a_banking_day(self, days: DayBench) -> None:
        days.end.calendar = BankCalendar(banking_days_only=True)
        close(days, "2027-11-16")
        close(days, "2027-11-18")
        days.end_day()
        assert days.today == date(2027, 11, 17)
        reopen(days, "2027-11-18")
        days.end_day()
        assert days.today == date(2027, 11, 18)
