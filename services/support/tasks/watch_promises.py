"""The escalation job: look which promises are due soon or broken, each ticket in a transaction of its own."""

import structlog

from services.support.store.clock_store import due_tickets
from services.support.use_cases import watch_promises as one_ticket
from shared.clock import bank_now
from shared.store.engine import Store

_log = structlog.get_logger("bank.promises")
_TICKETS = 200


def watch_promises(store: Store) -> int:
    """Say what is to be said, and escalate what is overdue; gives of how many tickets."""
    now = bank_now()
    with store.read() as session:
        due = list(due_tickets(session, now=now, limit=_TICKETS))
    for ticket_id in due:
        with store.write() as session:
            said = one_ticket.watch_promises(session, ticket_id=ticket_id, now=now)
        _log.info("promises.told", ticket_id=ticket_id, said=said)
    return len(due)
