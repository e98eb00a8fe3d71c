"""An occurrence is tried under a key of its own, and noted by whoever comes first."""

from services.transactions.use_cases.open_due_orders import open_due_orders
from services.transactions.use_cases.run_due_orders import run_due_orders
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.order_bench import place
from tests.services.transactions.use_cases.test_accrue_interest import begun


class TestRunDueOrders:
    def test_books_once_though_the_note_was_lost(self, days: DayBench) -> None:
        place(days)
        run = begun(days, "run-orders")
        open_due_orders(days.store, run, calendar=days.end.calendar, limit=9)
        assert run_due_orders(days.store, days.lane, run, limit=9) == 1
        with days.store.write() as session:
            lost = "UPDATE order_occurrences SET state = 'due', tries = 0, entry_id = NULL"
            session.connection().exec_driver_sql(lost)
        assert run_due_orders(days.store, days.lane, run, limit=9) == 1
        assert run_due_orders(days.store, days.lane, run, limit=9) == 0
        assert days.booked("a-ben") == -49_000
