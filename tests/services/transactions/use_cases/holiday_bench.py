"""Holidays as the use cases are given them."""

from datetime import date

from services.transactions.domain.holiday import Holiday
from services.transactions.use_cases.keep_holiday import keep_holiday
from services.transactions.use_cases.withdraw_holiday import withdraw_holiday
from shared.clock import bank_now
from tests.services.transactions.conftest import SAM
from tests.services.transactions.day_bench import DayBench


def close(days: DayBench, day: str) -> Holiday:
    """Close the bank on a day."""
    with days.store.write() as session:
        return keep_holiday(
            session,
            caller=SAM,
            day=date.fromisoformat(day),
            name="Moving house",
            reason="The vault is moved",
            calendar=days.end.calendar,
            at=bank_now(),
        )


def reopen(days: DayBench, day: str) -> Holiday:
    """Open it again."""
    with days.store.write() as session:
        return withdraw_holiday(
            session,
            caller=SAM,
            day=date.fromisoformat(day),
            reason="The vault stays",
            calendar=days.end.calendar,
            at=bank_now(),
        )
