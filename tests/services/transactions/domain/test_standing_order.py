"""When standing orders fall due: month ends, leap days, pauses, weekends."""

from datetime import date

import pytest

from services.transactions.domain.rhythm import Rhythm, first_number_on, nominal_day

D = date.fromisoformat


class TestNominalDay:
    @pytest.mark.parametrize(
        ("rhythm", "start", "days"),
        [
            ("monthly", "2028-01-31", ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
            ("yearly", "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
            ("quarterly", "2027-11-30", ["2027-11-30", "2028-02-29", "2028-05-30"]),
            ("weekly", "2027-12-27", ["2027-12-27", "2028-01-03"]),
            ("fortnightly", "2027-12-27", ["2027-12-27", "2028-01-10"]),
            ("daily", "2028-02-28", ["2028-02-28", "2028-02-29", "2028-03-01"]),
        ],
    )
    def test_follows_its_rhythm(self, rhythm: Rhythm, start: str, days: list[str]) -> None:
        found = [nominal_day(start_on=D(start), rhythm=rhythm, number=number) for number in range(len(days))]
        assert found == [D(day) for day in days]

    def test_ends_on_its_last_day_and_after_once(self) -> None:
        end = D("2028-02-29")
        assert nominal_day(start_on=D("2028-01-31"), rhythm="monthly", number=1, end_on=end) == end
        assert nominal_day(start_on=D("2028-01-31"), rhythm="monthly", number=2, end_on=end) is None
        assert nominal_day(start_on=D("2028-01-31"), rhythm="once", number=1) is None


class TestFirstNumberOn:
    @pytest.mark.parametrize("rhythm", ["daily", "weekly", "fortnightly", "monthly", "quarterly", "yearly"])
    @pytest.mark.parametrize("day", ["2027-01-31", "2027-02-01", "2028-02-29", "2028-03-01", "2029-12-31"])
    def test_is_the_first_that_is_not_before(self, rhythm: Rhythm, day: str) -> None:
        start = D("2027-01-31")
        number = first_number_on(start_on=start, rhythm=rhythm, day=D(day))
        found = nominal_day(start_on=start, rhythm=rhythm, number=number)
        assert found is not None
        assert found >= D(day)
        before = nominal_day(start_on=start, rhythm=rhythm, number=number - 1) if number else None
        assert before is None or before < D(day)
