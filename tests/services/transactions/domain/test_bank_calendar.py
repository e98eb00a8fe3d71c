"""Banking days, what is due on a day that is none, and when a business date ends: summer time, leap days, new year."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.transactions.domain.bank_calendar import BankCalendar, CalendarRule

D = date.fromisoformat
TARGET = BankCalendar()
BERLIN = BankCalendar(zone="Europe/Berlin")
BANKING = BankCalendar(banking_days_only=True)


class TestBankingDays:
    @pytest.mark.parametrize(
        "day", ["2027-01-01", "2027-03-26", "2027-03-29", "2026-05-01", "2026-12-25", "2026-12-26", "2026-11-28"]
    )
    def test_are_none_at_weekends_and_on_targets_holidays(self, day: str) -> None:
        assert not TARGET.is_banking_day(D(day))

    @pytest.mark.parametrize("day", ["2026-12-24", "2026-12-31", "2028-02-29", "2026-10-02"])
    def test_are_all_others(self, day: str) -> None:
        assert TARGET.is_banking_day(D(day))

    def test_may_be_a_countrys(self) -> None:
        unity = D("2028-10-03")
        assert TARGET.is_banking_day(unity)
        assert not BankCalendar(name="DE").is_banking_day(unity)
        assert BankCalendar(name="WEEKDAYS").is_banking_day(D("2026-12-25"))


class TestRoll:
    @pytest.mark.parametrize(
        ("day", "rule", "due"),
        [
            ("2026-12-25", "following", "2026-12-28"), ("2026-12-25", "preceding", "2026-12-24"),
            ("2026-10-31", "following", "2026-11-02"), ("2026-10-31", "modified-following", "2026-10-30"),
            ("2026-11-28", "modified-following", "2026-11-30"), ("2026-11-28", "none", "2026-11-28"),
            ("2026-11-30", "following", "2026-11-30"), ("2027-01-01", "preceding", "2026-12-31"),
        ],
    )  # fmt: skip
    def test_finds_the_day_on_which_it_comes_about(self, day: str, rule: CalendarRule, due: str) -> None:
        assert TARGET.roll(D(day), rule) == D(due)


class TestBusinessDates:
    def test_pass_through_every_day_unless_the_bank_wants_banking_days(self) -> None:
        friday = D("2026-11-27")
        assert TARGET.next_business_date(friday) == D("2026-11-28")
        assert BANKING.next_business_date(friday) == D("2026-11-30")
        assert BANKING.business_date_at(datetime(2026, 11, 28, 12, tzinfo=UTC)) == D("2026-11-30")

    @pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25), ("2028-02-29", 24)])
    def test_have_23_or_25_hours_when_summer_time_begins_or_ends(self, day: str, hours: int) -> None:
        begins = BERLIN.ends_at(D(day) - timedelta(days=1))
        assert BERLIN.ends_at(D(day)) - begins == timedelta(hours=hours)
        assert BERLIN.business_date_at(begins) == D(day)
        assert BERLIN.business_date_at(BERLIN.ends_at(D(day)) - timedelta(microseconds=1)) == D(day)

    def test_end_at_new_year_by_the_banks_own_wall(self) -> None:
        assert BERLIN.ends_at(D("2026-12-31")) == datetime(2026, 12, 31, 23, tzinfo=UTC)
        assert BERLIN.business_date_at(datetime(2026, 12, 31, 23, tzinfo=UTC)) == D("2027-01-01")

    def test_end_at_the_cut_off(self) -> None:
        early = BankCalendar(cut_off=time(18))
        assert early.ends_at(D("2026-11-23")) == datetime(2026, 11, 23, 18, tzinfo=UTC)
        assert early.business_date_at(datetime(2026, 11, 23, 17, 59, tzinfo=UTC)) == D("2026-11-23")
        assert early.business_date_at(datetime(2026, 11, 23, 18, tzinfo=UTC)) == D("2026-11-24")
