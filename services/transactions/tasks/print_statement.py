"""The job that sets a statement as PDF and keeps it."""

from services.transactions.store.statement_store import add_print, find_print, find_statement
from services.transactions.tasks.statement_pdf import as_pdf
from shared.clock import bank_now
from shared.store.engine import Store
from shared.store.jobs import Job


def run_print_statement(store: Store, job: Job) -> None:
    """Set the job's statement."""
    print_statement(store, str(job.payload["statement_id"]))


def print_statement(store: Store, statement_id: str) -> None:
    """Set a statement, outside of any transaction; set already, nothing changes."""
    with store.read() as session:
        statement = None if find_print(session, statement_id) else find_statement(session, statement_id)
    if statement is None:
        return
    content = as_pdf(statement)
    with store.write() as session:
        add_print(session, statement_id, content, at=bank_now())
