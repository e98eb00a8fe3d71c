"""The job that follows a change of the bank's holidays: orders that are due around that day are rolled anew."""

from datetime import date

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.use_cases.roll_orders import roll_orders
from shared.store.engine import Store
from shared.store.jobs import Job

PIECE = 60


def run_roll_orders(store: Store, job: Job, *, calendar: BankCalendar) -> None:
    """Go through them in pieces; a second run finds nothing to change."""
    day, after = date.fromisoformat(str(job.payload["day"])), ""
    while True:
        following = roll_orders(store, day=day, calendar=calendar, after=after, limit=PIECE)
        if following is None:
            return
        after = following
