"""Clocks of tickets: read and written as what the domain counts with."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from services.support.domain.service_level import Clock
from services.support.store.tables import ClockRow


def add_clock(session: Session, *, ticket_id: str, clock: Clock) -> None:
    """Keep a new clock, in the place of one of its kind that the ticket had."""
    row = session.get(ClockRow, (ticket_id, clock.kind)) or ClockRow(
        ticket_id=ticket_id, kind=clock.kind, state=clock.state, target_seconds=0
    )
    _write(row, clock)
    session.add(row)
    session.flush()


def clocks_of(session: Session, *, ticket_id: str) -> list[Clock]:
    """Give the clocks of a ticket; one from before there were promises has none."""
    rows = session.exec(select(ClockRow).where(ClockRow.ticket_id == ticket_id).order_by(ClockRow.kind)).all()
    return [_read(row) for row in rows]


def clocks_of_many(session: Session, *, ticket_ids: Sequence[str]) -> dict[str, list[Clock]]:
    """Give the clocks of these tickets, by ticket."""
    found: dict[str, list[Clock]] = {}
    if ticket_ids:
        rows = session.exec(select(ClockRow).where(col(ClockRow.ticket_id).in_(ticket_ids)).order_by(ClockRow.kind))
        for row in rows.all():
            found.setdefault(row.ticket_id, []).append(_read(row))
    return found


def save_clocks(session: Session, *, ticket_id: str, clocks: Sequence[Clock]) -> None:
    """Write changed clocks."""
    for clock in clocks:
        row = session.get(ClockRow, (ticket_id, clock.kind))
        if row is not None:
            _write(row, clock)
            session.add(row)
    session.flush()


def due_tickets(session: Session, *, now: datetime, limit: int) -> Sequence[str]:
    """Give tickets with a clock that is to warn or has run out, and has not said so."""
    due, warn = col(ClockRow.due_at), col(ClockRow.warn_at)
    late = and_(due <= now, col(ClockRow.breached_at).is_(None))
    soon = and_(warn <= now, col(ClockRow.warned_at).is_(None))
    wanted = select(ClockRow.ticket_id).where(ClockRow.state == "running", or_(late, soon)).distinct()
    return session.exec(wanted.limit(limit)).all()


def _read(row: ClockRow) -> Clock:
    return Clock(
        kind=row.kind,
        state=row.state,
        target=timedelta(seconds=row.target_seconds),
        due_at=row.due_at,
        warn_at=row.warn_at,
        remaining=None if row.remaining_seconds is None else timedelta(seconds=row.remaining_seconds),
        warned_at=row.warned_at,
        breached_at=row.breached_at,
        met_at=row.met_at,
    )


def _write(row: ClockRow, clock: Clock) -> None:
    row.state = clock.state
    row.target_seconds = clock.target // timedelta(seconds=1)
    row.due_at, row.warn_at = clock.due_at, clock.warn_at
    row.remaining_seconds = None if clock.remaining is None else clock.remaining // timedelta(seconds=1)
    row.warned_at, row.breached_at, row.met_at = clock.warned_at, clock.breached_at, clock.met_at
