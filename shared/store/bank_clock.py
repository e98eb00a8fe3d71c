"""How far the bank's clock stands ahead of the machine's, as a row of each store: only a sandbox moves it.

`transactions` moves it and tells the other services by a fact; each keeps it, so that a restart changes nothing.
"""

from sqlalchemy import Engine, Table, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from shared.clock import advance_bank_offset, now


def read_offset(session: Session, table: Table) -> int:
    """Give the offset in seconds, 0 if the clock was never moved."""
    return int(session.execute(select(table.c.offset_seconds)).scalar() or 0)


def keep_offset(session: Session, table: Table, seconds: int) -> bool:
    """Keep a greater offset in the current transaction; False if the clock stands there already, or further on."""
    found = session.execute(select(table.c.offset_seconds)).scalar()
    if found is not None and found >= seconds:
        return False
    values = {"offset_seconds": seconds, "updated_at": now()}
    if found is None:
        session.execute(insert(table), [{"id": 1, **values}])
    else:
        session.execute(update(table).values(**values))
    return True


def follow_bank_clock(engine: Engine, table: Table) -> None:
    """Let this process' bank time follow the store's. A store that does not answer, or has no such table, is left."""
    try:
        with engine.connect() as connection:
            seconds = connection.execute(select(table.c.offset_seconds)).scalar()
    except (DBAPIError, PoolTimeout):
        return
    if seconds:
        advance_bank_offset(int(seconds))
