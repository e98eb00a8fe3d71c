"""A statement is set as PDF by a job: once, however often it is asked for."""

from datetime import date

from services.transactions.store.statement_store import find_print
from services.transactions.tasks.print_statement import run_print_statement
from services.transactions.use_cases.request_print import request_print
from shared.store.jobs import Job
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.day_jobs import work


class TestRequestPrint:
    def test_has_it_set_once(self, days: DayBench) -> None:
        days.end_days(date(2027, 12, 1))
        work(days)
        [(statement_id,)] = days.rows("SELECT id FROM statements WHERE account_id = 'a-ada'")
        for _ in range(2):
            with days.store.write() as session:
                request_print(session, statement_id=statement_id)
        assert work(days) == 1
        with days.store.read() as session:
            content = find_print(session, statement_id)
        assert content is not None
        assert len(content) < 100_000
        run_print_statement(days.store, Job("j", "print-statement", "x", {"statement_id": statement_id}, 1))
        assert days.count("statement_prints") == 1

    def test_of_what_is_not_there_changes_nothing(self, days: DayBench) -> None:
        run_print_statement(days.store, Job("j", "print-statement", "x", {"statement_id": "nobody's"}, 1))
        assert days.count("statement_prints") == 0
