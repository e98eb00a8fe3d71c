"""Ask for a statement: of any range of days, or of a month for every account; a job makes it.

Who: the owner, staff who may look at any account, or the end of a month.
"""

from datetime import date, datetime

from sqlmodel import Session

from services.transactions.domain.access import require_reader
from services.transactions.domain.ledger_account import AccountNotFound
from services.transactions.domain.statement import require_range
from services.transactions.store.ledger_queries import find_account
from services.transactions.store.statement_store import StatementRequest, add_request
from shared.contracts.caller import Caller
from shared.ids import derived_id, new_id
from shared.store.jobs import enqueue_job

MAKE_STATEMENT = "make-statement"


def request_statement(
    session: Session, *, caller: Caller, account_id: str, from_day: date, to_day: date, today: date, at: datetime
) -> StatementRequest:
    """Ask for a statement of any range; `to_day` is exclusive.

    :raises AccountNotFound: if there is no such account that the caller may see
    :raises BadStatementDays: if the days cannot be
    """
    account = require_reader(caller, find_account(session, account_id))
    if account.is_internal:
        raise AccountNotFound("There is no customer's account with this id.")
    require_range(from_day=from_day, to_day=to_day, today=today)
    return _ask(session, new_id(), account_id, "on-demand", from_day, to_day, caller.user_id or "", at)


def request_periodic(session: Session, *, account_id: str, from_day: date, to_day: date, at: datetime) -> None:
    """Ask for an account's statement of a period; asked twice it is the same one."""
    statement_id = derived_id("statement", account_id, from_day.isoformat(), to_day.isoformat())
    _ask(session, statement_id, account_id, "periodic", from_day, to_day, "", at)


def _ask(
    session: Session, statement_id: str, account_id: str, kind: str, first: date, end: date, who: str, at: datetime
) -> StatementRequest:
    request = StatementRequest(statement_id, account_id, kind, first, end, who, "pending", at)
    if add_request(session, request):
        enqueue_job(session, kind=MAKE_STATEMENT, unique_key=request.id, payload={"statement_id": request.id})
    return request
