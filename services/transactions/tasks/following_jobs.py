"""The jobs that an end of day leaves behind: reports, and when a month ends its statements and interest summaries."""

from datetime import date, timedelta

from sqlmodel import Session

from services.transactions.domain.interest import month_within
from services.transactions.store.end_of_day_store import Run
from services.transactions.tasks.make_statements import MONTH_STATEMENTS
from services.transactions.tasks.summarise_interest import INTEREST_SUMMARIES
from services.transactions.tasks.write_reports import STAFF_REPORTS, TICKET_REPORT
from shared.store.jobs import enqueue_job


def enqueue_followers(session: Session, run: Run) -> None:
    """Make them, each once, in the transaction that ends the business date."""
    day, period = run.business_date.isoformat(), month_within(run.business_date, run.last_day)
    reports = {"business_date": day, "ends_month": period is not None}
    enqueue_job(session, kind=STAFF_REPORTS, unique_key=day, payload=reports)
    enqueue_job(session, kind=TICKET_REPORT, unique_key=day, payload={"business_date": day})
    if period is None:
        return
    first = date.fromisoformat(f"{period}-01")
    month = {"from_day": first.isoformat(), "to_day": (first + timedelta(days=32)).replace(day=1).isoformat()}
    enqueue_job(session, kind=MONTH_STATEMENTS, unique_key=period, payload=month)
    enqueue_job(session, kind=INTEREST_SUMMARIES, unique_key=f"{period}:", payload={"period": period, "after": ""})
