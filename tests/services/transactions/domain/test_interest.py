"""Interest against independent arithmetic: sixty golden vectors, and what rounding and carrying must hold."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from services.transactions.domain.day_count import UNIT, DayCount, night_of
from services.transactions.domain.interest import (
    Tier,
    accrue_day,
    in_minor_units,
    month_within,
    period_end,
    period_ending,
    round_half_even,
    settle,
)
from tests.services.transactions.interest_arithmetic import Tiers, half_even, interest

D = date.fromisoformat
FLAT: Tiers = [(0, 275)]
STEPS: Tiers = [(0, 50), (100_000, 150), (500_000, 300)]
DAY_COUNTS: tuple[DayCount, ...] = ("act/365f", "act/360", "act/act", "30/360")

STRETCHES: dict[str, list[tuple[date, date, int, Tiers]]] = {
    "a leap year": [(D("2028-01-01"), D("2029-01-01"), 1_000_000, FLAT)],
    "a plain year": [(D("2027-01-01"), D("2028-01-01"), 1_000_000, FLAT)],
    "over 29 February": [(D("2028-02-15"), D("2028-03-15"), 123_457, FLAT)],
    "over the end of February": [(D("2027-02-15"), D("2027-03-15"), 123_457, FLAT)],
    "29 February alone": [(D("2028-02-29"), D("2028-03-01"), 999_999_937, FLAT)],
    "31 December alone": [(D("2027-12-31"), D("2028-01-01"), 999_999_937, FLAT)],
    "out of a leap year": [(D("2028-12-01"), D("2029-01-31"), 777_777, FLAT)],
    "into a leap year": [(D("2027-11-15"), D("2028-02-10"), 777_777, FLAT)],
    "from a 30th to a 31st": [(D("2027-01-30"), D("2027-01-31"), 5_000_011, FLAT)],
    "from a 31st to a first": [(D("2027-01-31"), D("2027-02-01"), 5_000_011, FLAT)],
    "from a 31st to a 31st": [(D("2027-01-31"), D("2027-03-31"), 5_000_011, FLAT)],
    "one minor unit": [(D("2027-01-01"), D("2028-01-01"), 1, FLAT)],
    "what a float cannot hold": [(D("2027-01-01"), D("2027-02-01"), 2**53 - 1, FLAT)],
    "just below a tier": [(D("2027-05-01"), D("2027-06-01"), 99_999, STEPS)],
    "at the edge of a tier": [(D("2027-05-01"), D("2027-06-01"), 100_000, STEPS)],
    "just above a tier": [(D("2027-05-01"), D("2027-06-01"), 100_001, STEPS)],
    "in the highest tier": [(D("2027-05-01"), D("2027-06-01"), 1_234_567, STEPS)],
    "yen": [(D("2027-01-01"), D("2027-02-01"), 10_000_000, [(0, 2)])],
    "dinar in thousandths": [(D("2027-01-01"), D("2027-02-01"), 12_345_678, [(0, 425)])],
    "a rate that changes on a day of the month": [
        (D("2027-03-01"), D("2027-03-17"), 600_000, [(0, 200)]),
        (D("2027-03-17"), D("2027-04-01"), 600_000, [(0, 125)]),
    ],
    "a balance that moves": [
        (D("2028-02-01"), D("2028-02-11"), 50_000, STEPS),
        (D("2028-02-11"), D("2028-02-29"), 650_000, STEPS),
        (D("2028-02-29"), D("2028-03-01"), 99_999, STEPS),
    ],
    "an overdraft": [(D("2027-06-01"), D("2027-07-01"), -45_678, [(0, 1_190)])],
    "an overdraft in tiers": [(D("2027-06-01"), D("2027-07-01"), -300_000, [(0, 990), (200_000, 1_490)])],
    "no rate at all": [(D("2027-06-01"), D("2027-07-01"), 45_678, [])],
    "a rate of nothing": [(D("2027-06-01"), D("2027-07-01"), 45_678, [(0, 0)])],
}
VECTORS = [(name, day_count) for name in STRETCHES for day_count in DAY_COUNTS]


def accrued(stretches: list[tuple[date, date, int, Tiers]], day_count: DayCount) -> int:
    """Accrue day by day as the bank does; gives `UNIT`s."""
    total = 0
    for start, end, balance, given in stretches:
        tiers = [Tier(*tier) for tier in given]
        for number in range((end - start).days):
            day = start + timedelta(days=number)
            one = accrue_day(day=day, balance_minor=balance, credit=tiers, debit=tiers, day_count=day_count)
            total += one.accrued if one else 0
    return total


class TestGoldenVectors:
    @pytest.mark.parametrize(("name", "day_count"), VECTORS)
    def test_agree_with_independent_arithmetic_exactly(self, name: str, day_count: DayCount) -> None:
        found, wanted = accrued(STRETCHES[name], day_count), interest(STRETCHES[name], day_count)
        assert Fraction(found, UNIT) == wanted
        assert settle(found).amount_minor == half_even(wanted)

    @pytest.mark.parametrize(
        ("name", "day_count", "minor"),
        [
            ("a leap year", "act/365f", 27_575), ("a leap year", "act/act", 27_500), ("a leap year", "act/360", 27_958),
            ("a leap year", "30/360", 27_500), ("a plain year", "act/365f", 27_500), ("yen", "act/365f", 170),
            ("dinar in thousandths", "act/365f", 44_563), ("just above a tier", "act/365f", 42),
            ("an overdraft", "act/365f", 447), ("a rate of nothing", "30/360", 0),
        ],
    )  # fmt: skip
    def test_come_to_amounts_worked_out_by_hand(self, name: str, day_count: DayCount, minor: int) -> None:
        assert settle(accrued(STRETCHES[name], day_count)).amount_minor == minor


class TestRounding:
    @pytest.mark.parametrize(
        ("units", "minor"),
        [(UNIT // 2, 0), (3 * UNIT // 2, 2), (5 * UNIT // 2, 2), (UNIT // 2 + 1, 1), (-UNIT // 2, 0),
         (-3 * UNIT // 2, -2)],
    )  # fmt: skip
    def test_takes_a_half_to_the_even_neighbour(self, units: int, minor: int) -> None:
        assert round_half_even(units) == minor == half_even(Fraction(units, UNIT))

    def test_loses_nothing_over_a_year_of_postings(self) -> None:
        tiers, carry, posted, total = [Tier(0, 333)], 0, 0, 0
        for number in range(365):
            day = date(2027, 1, 1) + timedelta(days=number)
            one = accrue_day(day=day, balance_minor=1_003, credit=tiers, debit=(), day_count="act/365f")
            assert one is not None
            carry, total = carry + one.accrued, total + one.accrued
            if period_ending(day, "monthly"):
                done = settle(carry)
                posted, carry = posted + done.amount_minor, done.carry
        assert posted * UNIT + carry == total
        assert abs(carry) * 2 <= UNIT

    def test_writes_units_for_screens(self) -> None:
        assert in_minor_units(UNIT // 4) == "0.250000"
        assert in_minor_units(-5 * UNIT // 2) == "-2.500000"


class TestPeriods:
    @pytest.mark.parametrize(
        ("day", "monthly", "quarterly"),
        [("2028-02-28", None, None), ("2028-02-29", "2028-02", None), ("2027-12-31", "2027-12", "2027-Q4"),
         ("2027-03-31", "2027-03", "2027-Q1"), ("2027-04-30", "2027-04", None)],
    )  # fmt: skip
    def test_end_with_months_and_quarters(self, day: str, monthly: str | None, quarterly: str | None) -> None:
        assert (period_ending(D(day), "monthly"), period_ending(D(day), "quarterly")) == (monthly, quarterly)

    def test_are_found_between_days_and_ahead(self) -> None:
        assert month_within(D("2027-07-30"), D("2027-08-01")) == "2027-07"
        assert month_within(D("2027-07-28"), D("2027-07-30")) is None
        assert period_end(D("2027-07-30"), "quarterly") == D("2027-09-30")


class TestNights:
    def test_of_thirty_360_skip_a_31st_and_make_up_for_february(self) -> None:
        nights = {
            day: night_of(D(day), "30/360")[0] for day in ("2027-01-30", "2027-01-31", "2027-02-28", "2028-02-29")
        }
        assert nights == {"2027-01-30": 0, "2027-01-31": 1, "2027-02-28": 3, "2028-02-29": 2}
