"""Matching: one to one, the surest rule first, and the same way whatever order the ledger gives."""

import time
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.transactions.domain.bank_line import BankLine
from services.transactions.domain.reconciliation import OpenPosting, match_lines, posting_direction

MONDAY = date(2026, 3, 2)
ID = "019a1b2c-0000-7000-8000-00000000000{}"


def line(number: int, amount: int = 100, *, day: int = 0, text: str = "", reference: str = "") -> BankLine:
    """Give a line of money that came in."""
    booked = MONDAY + timedelta(days=day)
    return BankLine(number, "credit", amount, booked, booked, reference, text)


def posting(number: int, amount: int = 100, *, day: int = 0, text: str = "", back: int = 0) -> OpenPosting:
    """Give the posting of money that came in, back-valued by some days."""
    booked = MONDAY + timedelta(days=day)
    return OpenPosting(number, 0, ID.format(number), "debit", amount, booked, booked - timedelta(days=back), text)


def matched(lines: list[BankLine], postings: list[OpenPosting], window_days: int = 3) -> dict[int, tuple[int, str]]:
    """Match and give the sequence and rule by line."""
    found = match_lines(lines=lines, postings=postings, window_days=window_days)
    return {one.line: (one.posting[0], one.rule) for one in found}


class TestMatchLines:
    def test_prefers_the_transaction_id_over_text_over_the_day(self) -> None:
        lines = [line(1, text="rent for may"), line(2), line(3, reference=f"RF {ID.format(1).replace('-', '')}")]
        postings = [posting(1, day=9), posting(2), posting(3, text="Rent for May!", day=2)]
        assert matched(lines, postings) == {1: (3, "text"), 2: (2, "amount-and-day"), 3: (1, "transaction-id")}

    def test_finds_the_transactions_text_inside_a_longer_one(self) -> None:
        lines = [line(1, text="SEPA credit: Invoice 77, thank you")]
        assert matched(lines, [posting(1), posting(2, text="invoice 77")]) == {1: (2, "text")}

    def test_wants_the_same_amount_and_the_opposite_side(self) -> None:
        out = BankLine(1, "debit", 100, MONDAY, MONDAY)
        assert matched([out], [posting(1)]) == {}
        assert matched([line(1, 101)], [posting(1)]) == {}
        assert (posting_direction("credit"), posting_direction("debit")) == ("debit", "credit")

    def test_stays_within_the_window_and_takes_the_nearest_day(self) -> None:
        assert matched([line(1)], [posting(1, day=4)]) == {}
        assert matched([line(1)], [posting(1, day=4, back=2)]) == {1: (1, "amount-and-day")}
        assert matched([line(1)], [posting(1, day=-3), posting(2, day=1)]) == {1: (2, "amount-and-day")}
        assert matched([line(1), line(2, day=1)], [posting(1, day=1), posting(2, day=3)]) == {
            1: (2, "amount-and-day"),
            2: (1, "amount-and-day"),
        }

    def test_works_at_the_ends_of_the_calendar(self) -> None:
        ends = [BankLine(1, "credit", 1, date.min, date.max)]
        assert match_lines(lines=ends, postings=[posting(1)], window_days=31) == ()

    @given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 6)), max_size=20), st.randoms(use_true_random=False))
    def test_is_one_to_one_and_does_not_depend_on_the_order(self, plan: list[tuple[int, int]], chance: Random) -> None:
        lines = [line(number, amount, day=day) for number, (amount, day) in enumerate(plan, 1)]
        postings = [
            OpenPosting(n, 0, f"e{n}", "debit", amount, MONDAY + timedelta(days=day), MONDAY)
            for n, (amount, day) in enumerate(reversed(plan), 1)
        ]
        first = match_lines(lines=lines, postings=postings, window_days=3)
        chance.shuffle(lines)
        chance.shuffle(postings)
        assert match_lines(lines=lines, postings=postings, window_days=3) == first
        assert len({one.line for one in first}) == len({one.posting for one in first}) == len(first)

    def test_takes_five_thousand_lines_of_one_amount_in_seconds(self) -> None:
        lines = [line(n, day=n % 5, text=f"payment {n}") for n in range(1, 5_001)]
        postings = [
            OpenPosting(n, 0, f"e{n}", "debit", 100, MONDAY + timedelta(days=n % 7), MONDAY, "salary")
            for n in range(5_000)
        ]
        began = time.perf_counter()
        found = match_lines(lines=lines, postings=postings, window_days=3)
        assert len(found) == 5_000
        assert time.perf_counter() - began < 10
