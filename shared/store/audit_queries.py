"""Reading a service's audit trail: the newest first, by who, what and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select
from sqlmodel import Session

from shared.clock import format_time
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which records are asked for. `actor` is a user or a service, `subject` an id or `type:id`; times are real UTC,
    inclusive and exclusive."""

    command: str | None = None
    actor: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def list_audit(session: Session, wanted: AuditFilter, *, below: int | None, limit: int) -> list[dict[str, Any]]:
    """Give up to `limit` records below a sequence, the newest first; hashes included, so that a reader can compare."""
    store: Store = session.info["store"]
    table = store.plumbing.audit
    conditions: list[ColumnElement[bool]] = []
    if below is not None:
        conditions.append(table.c.sequence < below)
    if wanted.command is not None:
        conditions.append(table.c.command == wanted.command)
    if wanted.actor is not None:
        conditions.append(or_(table.c.user_id == wanted.actor, table.c.service == wanted.actor))
    if wanted.subject is not None:
        conditions.append(_of_subject(session, table, wanted.subject))
    # Records are numbered in the order of their time, so days are cut by number, found by halving.
    if wanted.since is not None:
        conditions.append(table.c.sequence >= _first_at(session, table, wanted.since))
    if wanted.until is not None:
        conditions.append(table.c.sequence < _first_at(session, table, wanted.until))
    found = session.execute(select(table).where(*conditions).order_by(table.c.sequence.desc()).limit(limit))
    return [{**row._mapping, "at": format_time(row.at)} for row in found]


def _of_subject(session: Session, table: Table, subject: str) -> ColumnElement[bool]:
    """Name the type too, where it is not said: there are a dozen, and the index begins with it."""
    kind, colon, subject_id = subject.partition(":")
    if colon:
        return and_(table.c.subject_type == kind, table.c.subject_id == subject_id)
    kinds: list[str] = []
    newest: Any = session.execute(select(func.min(table.c.subject_type))).scalar()
    while newest is not None:
        kinds.append(newest)
        newest = session.execute(select(func.min(table.c.subject_type)).where(table.c.subject_type > newest)).scalar()
    return and_(table.c.subject_type.in_(kinds), table.c.subject_id == subject)


def _first_at(session: Session, table: Table, moment: datetime) -> int:
    """Give the number of the first record at a moment or later, one past the last if there is none."""
    low, end = 1, (session.execute(select(func.max(table.c.sequence))).scalar() or 0) + 1
    while low < end:
        middle = (low + end) // 2
        at = session.execute(select(table.c.at).where(table.c.sequence == middle)).scalar()
        low, end = (middle + 1, end) if at is not None and at < moment else (low, middle)
    return low
