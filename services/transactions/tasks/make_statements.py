"""The jobs that make statements: one that was asked for, and at the end of a month one for every account."""

from datetime import date
from typing import Any, Protocol

from services.transactions.store.interest_store import accounts_at
from services.transactions.store.statement_store import find_request
from services.transactions.tasks.print_statement import print_statement
from services.transactions.use_cases.make_statement import make_statement
from services.transactions.use_cases.request_statement import request_periodic
from shared.clock import bank_now
from shared.store.engine import Store
from shared.store.jobs import Job

MONTH_STATEMENTS = "month-statements"
_PIECE = 200


class Holders(Protocol):
    """What a statement asks of `accounts`."""

    def holder_of(self, account_id: str) -> dict[str, Any]:
        """Give the head of an account's statement."""


def run_make_statement(store: Store, job: Job, *, accounts: Holders) -> None:
    """Make the job's statement, and set it as PDF if somebody waits for it; made already, nothing changes.

    :raises Unavailable: if `accounts` does not give its head
    """
    statement_id = str(job.payload["statement_id"])
    with store.read() as session:
        request = find_request(session, statement_id)
    if request is None:
        return
    holder = accounts.holder_of(request.account_id)
    with store.write() as session:
        make_statement(session, statement_id=statement_id, holder=holder, at=bank_now())
    if request.kind == "on-demand":  # of a month's statements few are ever asked for as PDF
        print_statement(store, statement_id)


def run_month_statements(store: Store, job: Job) -> None:
    """Ask for the statement of a month for every account that was open in it, a piece at a time."""
    from_day = date.fromisoformat(str(job.payload["from_day"]))
    to_day = date.fromisoformat(str(job.payload["to_day"]))
    after = ""
    while True:
        with store.read() as session:
            found = accounts_at(session, after=after, cut=2**53, limit=_PIECE)
        with store.write() as session:
            for account in found:
                if account.status != "closed":
                    request_periodic(session, account_id=account.id, from_day=from_day, to_day=to_day, at=bank_now())
        if len(found) < _PIECE:
            return
        after = found[-1].id
