"""The jobs that write reports for staff: the ledger's own, and the support desk's, which is asked for its rows."""

from datetime import date
from typing import Any, Protocol

from services.transactions.domain.staff_report import taken_rows
from services.transactions.store.report_store import find_report
from services.transactions.use_cases.write_staff_reports import keep_report, write_staff_reports
from shared.clock import bank_now
from shared.store.engine import Store
from shared.store.jobs import Job

STAFF_REPORTS = "staff-reports"
TICKET_REPORT = "ticket-report"


class TicketCounts(Protocol):
    """What a report asks of the support desk."""

    def ticket_counts(self) -> list[dict[str, Any]]:
        """Give how many tickets there are, by group."""


def run_staff_reports(store: Store, job: Job) -> None:
    """Write the reports of the job's business date."""
    day = date.fromisoformat(str(job.payload["business_date"]))
    with store.write() as session:
        write_staff_reports(session, business_date=day, ends_month=bool(job.payload["ends_month"]), at=bank_now())


def run_ticket_report(store: Store, job: Job, *, support: TicketCounts) -> None:
    """Write down how many tickets the desk has now, for the job's business date.

    :raises Unavailable: if the desk does not answer; the next try says what there is then
    """
    day = date.fromisoformat(str(job.payload["business_date"]))
    with store.read() as session:
        if find_report(session, "tickets", day) is not None:
            return
    report = taken_rows("tickets", support.ticket_counts())
    with store.write() as session:
        keep_report(session, report, business_date=day, at=bank_now())
