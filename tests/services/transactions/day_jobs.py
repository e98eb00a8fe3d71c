"""The jobs that the ends of days leave behind, run in turn without a worker; other services are stood in for."""

from typing import Any

from services.transactions.tasks.make_statements import MONTH_STATEMENTS, run_make_statement, run_month_statements
from services.transactions.tasks.print_statement import run_print_statement
from services.transactions.tasks.summarise_interest import INTEREST_SUMMARIES, run_interest_summaries
from services.transactions.tasks.write_reports import (
    STAFF_REPORTS,
    TICKET_REPORT,
    run_staff_reports,
    run_ticket_report,
)
from services.transactions.use_cases.request_print import PRINT_STATEMENT
from services.transactions.use_cases.request_statement import MAKE_STATEMENT
from shared.store.engine import Store
from shared.store.jobs import Job, claim_job, due_jobs, finish_job
from tests.services.transactions.day_bench import DayBench


class Head:
    """Stands for `accounts`, which gives the head of a statement."""

    def holder_of(self, account_id: str) -> dict[str, Any]:
        """Give ada's."""
        return {"name": "Ada Lindqvist", "address": ["Lindenallee 4", "10115 Berlin"], "phone_masked": "••••••110",
                "email_masked": "a•••@demo.bank", "product_name": "Savings #1", "branch_name": "Main"}  # fmt: skip


class Desk:
    """Stands for `support`, which counts its tickets."""

    def ticket_counts(self) -> list[dict[str, Any]]:
        """Give two groups, one with more than a report has."""
        oldest = "2027-11-02T08:00:00.000000Z"
        return [
            {"type": "general", "priority": "normal", "status": "open", "tickets": 3, "oldest_created_at": oldest},
            {"type": "security", "priority": "high", "status": "closed", "tickets": 1, "oldest_created_at": oldest,
             "subject": "=cmd"},
        ]  # fmt: skip


def run_one(store: Store, job: Job) -> None:
    """Do what the worker's handler of a job does."""
    if job.kind == MONTH_STATEMENTS:
        run_month_statements(store, job)
    elif job.kind == MAKE_STATEMENT:
        run_make_statement(store, job, accounts=Head())
    elif job.kind == PRINT_STATEMENT:
        run_print_statement(store, job)
    elif job.kind == INTEREST_SUMMARIES:
        run_interest_summaries(store, job)
    elif job.kind == STAFF_REPORTS:
        run_staff_reports(store, job)
    else:
        assert job.kind == TICKET_REPORT
        run_ticket_report(store, job, support=Desk())


def work(days: DayBench) -> int:
    """Run the jobs that are due until there are none; gives how many there were."""
    count = 0
    while True:
        with days.store.write() as session:
            jobs = [claim_job(session, job_id, lease_seconds=600) for job_id in due_jobs(session)]
        for job in jobs:
            assert job is not None
            run_one(days.store, job)
            with days.store.write() as session:
                finish_job(session, job.id)
        count += len(jobs)
        if not jobs:
            return count
