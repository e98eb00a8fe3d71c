"""Close what was resolved some days ago."""

from datetime import timedelta

from services.support.store.ticket_store import resolved_before
from services.support.use_cases import close_resolved as some_tickets
from shared.clock import bank_now
from shared.store.engine import Store

_AT_ONCE = 100


def close_resolved(store: Store, *, after_days: int) -> int:
    """Close tickets that nobody reopened, some in each transaction; gives how many."""
    now = bank_now()
    until, closed = now - timedelta(days=after_days), 0
    while True:
        with store.read() as session:
            if not resolved_before(session, moment=until, limit=1):
                return closed
        with store.write() as session:
            closed += some_tickets.close_resolved(session, resolved_until=until, now=now, limit=_AT_ONCE)
