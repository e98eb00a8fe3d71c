"""Accounts on which nobody moved money for long."""

from datetime import date

from services.transactions.use_cases.mark_dormancy import mark_dormancy
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.test_accrue_interest import begun


class TestMarkDormancy:
    def test_says_it_once_per_account(self, days: DayBench) -> None:
        days.end_days(date(2027, 11, 26))
        assert days.rows("SELECT count(*) FROM day_positions WHERE dormant_on = '2027-11-25'") == [(2,)]
        run = begun(days, "mark-dormancy")
        assert mark_dormancy(days.store, run, after_days=10, limit=9).steps[-1]["done"] == 0

    def test_is_left_out_where_the_bank_never_waits_for_it(self, days: DayBench) -> None:
        run = begun(days, "mark-dormancy")
        assert mark_dormancy(days.store, run, after_days=0, limit=9).cursor == "~"
