"""Raise a ticket.

Who: a signed-in customer, for themselves. Rule: `domain/ticket.py`. Says: `TicketRaised`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.support.clients.accounts import Accounts
from services.support.domain.service_level import KINDS, ServiceLevels, start_clock
from services.support.domain.ticket import Priority, TicketType, check_account_owner, number_of
from services.support.store.clock_store import add_clock
from services.support.store.tables import TicketRow
from services.support.store.ticket_store import add_ticket, next_sequence
from shared.contracts.caller import Caller
from shared.contracts.support import TicketRaised
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """What the customer asks for."""

    type: TicketType
    subject: str
    description: str
    priority: Priority
    account_id: str | None = None
    transaction_id: str | None = None


def check_account(*, accounts: Accounts, customer_id: str, account_id: str) -> None:
    """Ask who owns the account that a ticket names; done before the transaction.

    :raises UnknownAccount: if it is missing or somebody else's
    :raises Unavailable: if `accounts` does not answer
    """
    check_account_owner(customer_id=customer_id, owners=accounts.owners_of(account_id))


def raise_ticket(
    session: Session, *, caller: Caller, customer_id: str, order: TicketOrder, levels: ServiceLevels, now: datetime
) -> TicketRow:
    """Keep a new ticket under the next number, start its clocks, and tell that it was raised."""
    sequence = next_sequence(session)
    ticket = TicketRow(
        id=new_id(),
        sequence=sequence,
        number=number_of(sequence=sequence),
        customer_id=customer_id,
        user_id=caller.user_id or "",
        type=order.type,
        subject=order.subject,
        description=order.description,
        status="open",
        priority=order.priority,
        account_id=order.account_id,
        transaction_id=order.transaction_id,
        created_at=now,
        updated_at=now,
        version=1,
    )
    add_ticket(session, ticket)
    for kind in KINDS:
        clock = start_clock(kind=kind, levels=levels, priority=ticket.priority, now=now)
        add_clock(session, ticket_id=ticket.id, clock=clock)
    record_audit(
        session,
        caller=caller,
        command="raise-ticket",
        subject_type="ticket",
        subject_id=ticket.id,
        after={"number": ticket.number, "type": ticket.type, "priority": ticket.priority, "status": ticket.status},
    )
    append_facts(
        session,
        TicketRaised(
            ticket_id=ticket.id,
            number=ticket.number,
            customer_id=customer_id,
            user_id=ticket.user_id,
            ticket_type=ticket.type,
        ),
    )
    return ticket
