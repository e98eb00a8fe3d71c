"""Tickets for tests, made by the use cases themselves."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from services.support.domain.ticket import Status, Viewer
from services.support.settings import SupportSettings
from services.support.store.tables import TicketRow
from services.support.use_cases.raise_ticket import TicketOrder, raise_ticket
from services.support.use_cases.update_ticket import update_ticket
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.outbox_queries import events_after

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEVELS = SupportSettings().service_levels
ORDER = TicketOrder(type="technical", subject="No statement", description="Nothing comes.", priority="normal")


def given_ticket(store: Store, caller: Caller, order: TicketOrder = ORDER, now: datetime = NOON) -> TicketRow:
    """Raise a ticket for a customer."""
    with store.write() as session:
        return raise_ticket(
            session, caller=caller, customer_id=caller.customer_id or "", order=order, levels=LEVELS, now=now
        )


def given_status(store: Store, ticket: TicketRow, status: Status, caller: Caller, now: datetime = NOON) -> TicketRow:
    """Bring a ticket to a status."""
    with store.write() as session:
        return update_ticket(
            session,
            caller=caller,
            viewer=Viewer(is_desk=True, customer_id=None),
            ticket_id=ticket.id,
            seen_version=ticket.version,
            status=status,
            priority=None,
            levels=LEVELS,
            now=now,
        )


def facts(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """Give the type and data of every fact told so far."""
    with store.read() as session:
        return [(one["type"], one["data"]) for one in events_after(session, 0, 100)]


def commands(store: Store) -> list[str]:
    """Give the commands in the audit trail."""
    with store.read() as session:
        return list(
            session.execute(select(store.plumbing.audit.c.command).order_by(store.plumbing.audit.c.sequence)).scalars()
        )
