"""Asking for statements: of a range by who may see the account, of a period once."""

from datetime import date

import pytest

from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.use_cases.request_statement import request_periodic, request_statement
from shared.clock import bank_now
from tests.services.transactions.conftest import BEN
from tests.services.transactions.day_bench import DayBench


class TestRequestStatement:
    def test_is_refused_to_who_may_not_see_the_account(self, days: DayBench) -> None:
        first, end = date(2027, 11, 1), date(2027, 11, 15)
        with pytest.raises(AccountNotFound), days.store.write() as session:
            request_statement(
                session, caller=BEN, account_id="a-ada", from_day=first, to_day=end, today=days.today, at=bank_now()
            )

    def test_of_a_period_is_one_however_often_it_is_asked_for(self, days: DayBench) -> None:
        for _ in range(2):
            with days.store.write() as session:
                first, end = date(2027, 11, 1), date(2027, 12, 1)
                request_periodic(session, account_id="a-ada", from_day=first, to_day=end, at=bank_now())
        assert days.count("statement_requests") == 1
        assert days.rows("SELECT count(*) FROM jobs WHERE kind = 'make-statement'") == [(1,)]
