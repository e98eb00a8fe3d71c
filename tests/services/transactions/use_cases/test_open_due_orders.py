"""Occurrences are opened once, and the order moves on with them."""

from services.transactions.store.order_store import find_order
from services.transactions.use_cases.open_due_orders import open_due_orders
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.order_bench import place
from tests.services.transactions.use_cases.test_accrue_interest import begun


class TestOpenDueOrders:
    def test_opens_each_occurrence_once_and_moves_on(self, days: DayBench) -> None:
        orders = [place(days) for _ in range(3)]
        run = begun(days, "run-orders")
        counts = [open_due_orders(days.store, run, calendar=days.end.calendar, limit=2) for _ in range(3)]
        assert counts == [2, 1, 0]
        assert days.count("order_occurrences") == 3
        with days.store.read() as session:
            moved = find_order(session, orders[0].id)
        assert moved is not None
        assert (moved.next_number, moved.next_due_on) == (1, run.next_date)
