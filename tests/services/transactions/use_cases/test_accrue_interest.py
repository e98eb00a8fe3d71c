"""Accruing a piece of an end of day: what is written, and that whoever comes too late writes nothing."""

import pytest

from services.transactions.store.end_of_day_store import Overtaken, Run, begin_run, set_cut
from services.transactions.store.ledger_store import last_entry
from services.transactions.store.terms_store import load_terms_book
from services.transactions.use_cases.accrue_interest import accrue_interest, read_moves
from shared.clock import bank_now
from tests.services.transactions.day_bench import DayBench


def begun(days: DayBench, step: str) -> Run:
    """Begin the end of the open date at a step, with its cut made."""
    with days.store.write() as session:
        run = begin_run(
            session,
            business_date=days.today,
            next_date=days.end.calendar.next_business_date(days.today),
            job_id="job-1",
            step=step,
            at=bank_now(),
        )
        return set_cut(session, run, last_entry(session)[0])


class TestAccrueInterest:
    def test_goes_on_after_the_cursor_and_ends_behind_the_last_account(self, days: DayBench) -> None:
        run = begun(days, "accrue-interest")
        with days.store.read() as session:
            book, moves = load_terms_book(session), read_moves(session, run)
        assert moves.movers >= {"a-ada", "a-ben"}
        cursors = []
        for _ in range(3):
            run = accrue_interest(days.store, run, book=book, moves=moves, limit=1)
            cursors.append(run.cursor)
        assert cursors == ["a-ada", "a-ben", "~"]
        assert days.rows("SELECT account_id, kind, balance_minor FROM interest_accruals ORDER BY 1") == [
            ("a-ada", "credit", 1_000_000),
            ("a-ben", "debit", -50_000),
        ]

    def test_writes_nothing_when_somebody_else_was_first(self, days: DayBench) -> None:
        run = begun(days, "accrue-interest")
        with days.store.read() as session:
            book, moves = load_terms_book(session), read_moves(session, run)
        accrue_interest(days.store, run, book=book, moves=moves, limit=1)
        with pytest.raises(Overtaken):
            accrue_interest(days.store, run, book=book, moves=moves, limit=1)
        assert days.count("interest_accruals") == 1
