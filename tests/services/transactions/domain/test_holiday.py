"""Which days the bank may make holidays of its own."""

from datetime import date, timedelta

import pytest

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import (
    AlreadyClosed,
    BadHoliday,
    ClosedTooLong,
    require_ahead,
    require_new_holiday,
)

D = date.fromisoformat
TARGET = BankCalendar()
TODAY = D("2027-11-15")


class TestRequireNewHoliday:
    def test_takes_a_banking_day_that_lies_ahead(self) -> None:
        require_new_holiday(D("2027-11-16"), calendar=TARGET, business_date=TODAY)

    @pytest.mark.parametrize("day", ["2027-11-14", "2027-11-15", "2037-12-01", "0001-01-01", "9999-12-31"])
    def test_refuses_what_has_come_or_lies_too_far_ahead(self, day: str) -> None:
        with pytest.raises(BadHoliday):
            require_new_holiday(D(day), calendar=TARGET, business_date=TODAY)
        with pytest.raises(BadHoliday):
            require_ahead(D(day), business_date=TODAY)

    @pytest.mark.parametrize("day", ["2027-11-20", "2028-01-01", "2027-11-19"])
    def test_refuses_a_weekend_a_holiday_and_one_of_its_own(self, day: str) -> None:
        with pytest.raises(AlreadyClosed):
            require_new_holiday(D(day), calendar=TARGET.with_own([D("2027-11-19")]), business_date=TODAY)

    def test_refuses_more_than_ten_closed_days_in_a_row(self) -> None:
        monday = D("2027-11-22")
        week = TARGET.with_own(monday + timedelta(days=n) for n in range(5))
        require_new_holiday(D("2027-11-19"), calendar=week, business_date=TODAY)
        closed = week.with_own([*week.own, D("2027-11-19")])
        with pytest.raises(ClosedTooLong) as refused:
            require_new_holiday(D("2027-11-18"), calendar=closed, business_date=TODAY)
        assert refused.value.numbers["days"] == 11


class TestTheCalendar:
    def test_is_closed_on_the_banks_own_holidays_too(self) -> None:
        day = D("2027-11-19")
        calendar = TARGET.with_own([day])
        assert not calendar.is_banking_day(day)
        assert calendar.following(day) == D("2027-11-22")
        assert calendar.preceding(day) == D("2027-11-18")
        assert TARGET.is_banking_day(day)

    def test_names_the_holidays_of_a_year(self) -> None:
        assert TARGET.named_holidays(2027)[D("2027-03-26")] == "Good Friday"
        assert len(TARGET.named_holidays(2027)) == 6
        assert BankCalendar(name="WEEKDAYS").named_holidays(2027) == {}
        assert D("2027-10-03") in BankCalendar(name="DE").named_holidays(2027)
