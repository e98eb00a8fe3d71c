"""Changing standing orders."""

from services.transactions.domain.bank_rules import BankRules
from services.transactions.use_cases.change_standing_order import OrderChange, change_standing_order
from shared.clock import bank_now
from tests.services.transactions.conftest import ADA
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.order_bench import place, unconfirmed


class TestChangeStandingOrder:
    def test_ends_an_order_whose_last_day_is_over(self, days: DayBench) -> None:
        order = place(days)
        days.end_day()
        days.end_day()
        with days.store.write() as session:
            now = change_standing_order(
                session,
                caller=ADA,
                order_id=order.id,
                expected_version=None,
                change=OrderChange(end_on=order.start_on),
                calendar=days.end.calendar,
                rules=BankRules(),
                confirm=unconfirmed,
                today=days.today,
                at=bank_now(),
            )
        assert (now.status, now.next_due_on) == ("ended", None)
        days.end_day()
        assert days.booked("a-ben") == -48_000
