"""Have a statement set as PDF: once, by a job.

Who: whoever may see the statement. One that was asked for is set with its making.
"""

from sqlmodel import Session

from shared.store.jobs import enqueue_job

PRINT_STATEMENT = "print-statement"


def request_print(session: Session, *, statement_id: str) -> None:
    """Ask for it in the current write transaction; asked twice it is the same one."""
    enqueue_job(session, kind=PRINT_STATEMENT, unique_key=statement_id, payload={"statement_id": statement_id})
