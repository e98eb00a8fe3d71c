"""Make a statement that was asked for, in one transaction, and say that it is ready.

Who: the ledger's worker. Rule: `domain/statement.py`: one that does not add up is not made. Says: `StatementReady`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.statement import itemised, sum_up
from services.transactions.store.hold_store import open_holds
from services.transactions.store.ledger_queries import booked_as_of, find_account
from services.transactions.store.statement_store import (
    Statement,
    StatementRequest,
    add_statement,
    find_request,
    find_statement,
    number_of,
    rows_between,
)
from shared.contracts.transactions import StatementReady
from shared.store.canonical import canonical_json
from shared.store.outbox import append_facts

_PENDING_SHOWN = 100


def make_statement(session: Session, *, statement_id: str, holder: Mapping[str, Any], at: datetime) -> Statement | None:
    """Make it, or give it if it was made; None if nobody asked for it. `holder` is its head, as `accounts` gives it.

    :raises StatementDoesNotAddUp: which leaves it unmade
    """
    if made := find_statement(session, statement_id):
        return made
    request = find_request(session, statement_id)
    account = find_account(session, request.account_id) if request else None
    if request is None or account is None:
        return None
    statement = _statement(session, request, account, holder, at)
    add_statement(session, statement)
    append_facts(
        session,
        StatementReady(
            statement_id=statement.id,
            account_id=account.id,
            owners=list(account.owners),
            number=statement.number,
            from_day=statement.from_day.isoformat(),
            to_day=statement.to_day.isoformat(),
            kind=statement.kind,
        ),
    )
    return statement


def _statement(
    session: Session, request: StatementRequest, account: LedgerAccount, holder: Mapping[str, Any], at: datetime
) -> Statement:
    rows = rows_between(session, account.id, from_day=request.from_day, to_day=request.to_day)
    sums = sum_up(
        rows,
        opening_minor=booked_as_of(session, account.id, request.from_day - timedelta(days=1)),
        closing_minor=booked_as_of(session, account.id, request.to_day - timedelta(days=1)),
    )
    pending = open_holds(session, account.id, limit=_PENDING_SHOWN) if request.kind == "on-demand" else []
    content = {
        "header": {
            **holder,
            "account_number": account.account_number,
            "product": account.product,
            "branch_id": account.branch_id,
        },
        "rows": [asdict(row) for row in rows],
        "fees": itemised(rows, "fee"),
        "interest": itemised(rows, "interest"),
        "pending": [{"hold_id": hold_id, "amount_minor": amount} for hold_id, amount in pending],
    }
    return Statement(
        id=request.id,
        account_id=account.id,
        kind=request.kind,
        number=number_of(session, request),
        from_day=request.from_day,
        to_day=request.to_day,
        currency=account.currency,
        **asdict(sums),
        row_count=len(rows),
        content=content,
        sha256=sha256(canonical_json(content)).hexdigest(),
        created_at=at,
    )
