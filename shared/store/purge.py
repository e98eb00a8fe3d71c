"""Delete what a store keeps for a while only: answers under idempotency keys, and jobs that are done.

A portion at a time, so that nobody who writes waits for long; what is left goes the next time. Dead jobs wait for a
person and stay. A service's worker does both, but for the ledger's answers: those are the writer's own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select

from shared.store.engine import Store

ANSWERS_KEPT = timedelta(days=8)
"""A week is promised; the day more is for whoever counts from the answer."""
JOBS_KEPT = timedelta(days=90)
PORTION = 500
PORTIONS = 20


def purge_answers(store: Store, *, now: datetime, portions: int = PORTIONS) -> int:
    """Delete answers whose time is over, up to 500 per portion; gives how many went."""
    return _in_portions(lambda: _answers(store, now - ANSWERS_KEPT), portions)


def purge_jobs(store: Store, *, now: datetime) -> int:
    """Delete jobs that were done long ago, up to ten thousand; gives how many went."""
    return _in_portions(lambda: _jobs(store, now - JOBS_KEPT), PORTIONS)


def _in_portions(delete_portion: Callable[[], int], portions: int) -> int:
    gone = 0
    for _ in range(portions):
        portion = delete_portion()
        gone += portion
        if portion < PORTION:
            break
    return gone


def _answers(store: Store, before: datetime) -> int:
    """Delete whole moments: what was answered in one commit of the ledger goes in one, as its proof expects."""
    made = store.plumbing.idempotency.c.created_at
    oldest = select(made).where(made < before).order_by(made).limit(1)
    with store.read() as session:  # looked for here: who writes waits for the deletion alone
        if session.execute(oldest).first() is None:
            return 0
        upto = session.execute(oldest.offset(PORTION - 1)).scalar()
    gone = made < before if upto is None else made <= upto
    return _delete(store, delete(store.plumbing.idempotency).where(gone))


def _jobs(store: Store, before: datetime) -> int:
    table = store.plumbing.jobs
    old = select(table.c.id).where(table.c.state == "done", table.c.updated_at < before).limit(PORTION)
    with store.read() as session:
        ids = list(session.execute(old).scalars())
    return _delete(store, delete(table).where(table.c.id.in_(ids))) if ids else 0


def _delete(store: Store, statement: Any) -> int:
    with store.write(alone=False) as session:
        return int(cast(CursorResult[Any], session.execute(statement)).rowcount)
