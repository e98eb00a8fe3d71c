"""The schedule that notices a business date which is over, and has the job made that ends it: one for each date."""

from datetime import date

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.store.advance_store import running_advance
from services.transactions.store.ledger_store import read_business_date
from services.transactions.tasks.end_of_day import EndOfDay
from shared.clock import bank_now
from shared.store.engine import Store
from shared.store.jobs import Job, enqueue_job

END_OF_DAY = "end-of-day"


def watch_business_date(store: Store, *, calendar: BankCalendar) -> bool:
    """Make the job that ends the open business date if it is over; False if it is not, or there is one already.

    While the sandbox's clock is moved, that job ends the dates itself.
    """
    with store.read() as session:
        day = read_business_date(session)
        if day is None or calendar.ends_at(day) > bank_now() or running_advance(session) is not None:
            return False
    with store.write() as session:
        text = day.isoformat()
        return enqueue_job(session, kind=END_OF_DAY, unique_key=text, payload={"business_date": text}) is not None


def run_end_of_day(store: Store, job: Job, *, end_of_day: EndOfDay) -> None:
    """End the job's business date; done already, it changes nothing.

    :raises Unavailable: if the writer or the store does not answer; the next run goes on where this one was
    """
    end_of_day.run(date.fromisoformat(str(job.payload["business_date"])), job_id=job.id)
