"""Making a statement: once, with everything on it."""

from datetime import date

from services.transactions.use_cases.make_statement import make_statement
from services.transactions.use_cases.request_statement import request_statement
from shared.clock import bank_now
from tests.services.transactions.conftest import ADA
from tests.services.transactions.day_bench import DayBench


class TestMakeStatement:
    def test_makes_one_and_gives_it_again(self, days: DayBench) -> None:
        first, end = date(2027, 11, 1), date(2027, 11, 16)
        with days.store.write() as session:
            asked = request_statement(
                session, caller=ADA, account_id="a-ada", from_day=first, to_day=end, today=days.today, at=bank_now()
            )
        made = []
        for _ in range(2):
            with days.store.write() as session:
                made.append(make_statement(session, statement_id=asked.id, holder={"name": "Ada"}, at=bank_now()))
        assert made[0] is not None
        assert made[0].closing_minor == 1_000_000
        assert made[0] == made[1]
        assert days.rows("SELECT count(*) FROM outbox WHERE type = 'bank.transactions.statement-ready.v1'") == [(1,)]

    def test_of_what_nobody_asked_for_is_none(self, days: DayBench) -> None:
        with days.store.write() as session:
            assert make_statement(session, statement_id="none", holder={}, at=bank_now()) is None
