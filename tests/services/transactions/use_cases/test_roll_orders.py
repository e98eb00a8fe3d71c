"""Orders are rolled when the bank's holidays change, each by its own rule, and none comes about on a closed day."""

from datetime import date

from services.transactions.domain.standing_order import StandingOrder
from services.transactions.store.order_store import find_order
from services.transactions.tasks.roll_orders import run_roll_orders
from services.transactions.use_cases.roll_orders import roll_orders
from shared.store.jobs import claim_job, due_jobs, finish_job
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.holiday_bench import close, reopen
from tests.services.transactions.use_cases.order_bench import place

FRIDAY = date(2027, 11, 19)


def ordered(days: DayBench, rule: str) -> str:
    """Order a transfer for Friday; gives the order's id."""
    return place(days, rhythm="once", start_on=FRIDAY, calendar_rule=rule).id


def seen(days: DayBench, order_id: str) -> StandingOrder:
    """Give an order as it is now."""
    with days.store.read() as session:
        found = find_order(session, order_id)
    assert found is not None
    return found


def follow(days: DayBench) -> None:
    """Do the jobs that changes of the holidays left behind."""
    with days.store.read() as session:
        waiting = list(due_jobs(session))
    for job_id in waiting:
        with days.store.write() as session:
            job = claim_job(session, job_id, lease_seconds=60)
        assert job is not None
        run_roll_orders(days.store, job, calendar=days.end.calendar)
        with days.store.write() as session:
            finish_job(session, job_id)


class TestRollOrders:
    def test_moves_each_by_its_rule_and_back_again(self, days: DayBench) -> None:
        orders = {rule: ordered(days, rule) for rule in ("following", "preceding", "none")}
        close(days, "2027-11-19")
        follow(days)
        assert {rule: seen(days, one).next_due_on for rule, one in orders.items()} == {
            "following": date(2027, 11, 22),
            "preceding": date(2027, 11, 18),
            "none": FRIDAY,
        }
        reopen(days, "2027-11-19")
        follow(days)
        assert {seen(days, one).next_due_on for one in orders.values()} == {FRIDAY}

    def test_goes_on_in_pieces_and_a_second_run_changes_nothing(self, days: DayBench) -> None:
        for _ in range(3):
            ordered(days, "following")
        close(days, "2027-11-19")
        for versions in ([(2,), (2,), (2,)], [(2,), (2,), (2,)]):
            after: str | None = ""
            pieces = 0
            while after is not None:
                after = roll_orders(days.store, day=FRIDAY, calendar=days.end.calendar, after=after, limit=2)
                pieces += 1
            assert pieces == 2
            assert days.rows("SELECT version FROM standing_orders") == versions

    def test_is_made_up_for_when_the_day_ends_before_the_job_ran(self, days: DayBench) -> None:
        late, early = ordered(days, "following"), ordered(days, "none")
        close(days, "2027-11-19")
        days.end_days(date(2027, 11, 20))
        assert seen(days, late).next_due_on == date(2027, 11, 22)
        assert seen(days, early).status == "ended"
        days.end_days(date(2027, 11, 23))
        assert days.rows("SELECT due_on, state FROM order_occurrences ORDER BY 1") == [
            ("2027-11-19", "booked"),
            ("2027-11-22", "booked"),
        ]
