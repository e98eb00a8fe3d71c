"""Facts of the support desk. Texts stay in its store: a fact names the ticket and the people."""

from typing import ClassVar

from shared.contracts.envelope import Fact


class TicketRaised(Fact):
    """A customer asked for help."""

    type: ClassVar[str] = "bank.support.ticket-raised.v1"
    ticket_id: str
    number: str
    customer_id: str
    user_id: str
    ticket_type: str


class TicketAnswered(Fact):
    """The desk wrote to the customer; internal notes are never told."""

    type: ClassVar[str] = "bank.support.ticket-answered.v1"
    ticket_id: str
    number: str
    customer_id: str
    user_id: str
    message_id: str


class TicketResolved(Fact):
    """The desk sees the matter as settled."""

    type: ClassVar[str] = "bank.support.ticket-resolved.v1"
    ticket_id: str
    number: str
    customer_id: str
    user_id: str


class TicketReplied(Fact):
    """The customer wrote to the desk."""

    type: ClassVar[str] = "bank.support.ticket-replied.v1"
    ticket_id: str
    number: str
    customer_id: str
    assignee_user_id: str | None
    message_id: str


class TicketStatusChanged(Fact):
    """A ticket took a step that no other fact tells: it waits for the customer, goes on, or is closed."""

    type: ClassVar[str] = "bank.support.ticket-status-changed.v1"
    ticket_id: str
    number: str
    customer_id: str
    user_id: str
    status: str


class TicketReopened(Fact):
    """A settled matter is open again."""

    type: ClassVar[str] = "bank.support.ticket-reopened.v1"
    ticket_id: str
    number: str
    customer_id: str
    user_id: str
    assignee_user_id: str | None


class TicketAssigned(Fact):
    """Somebody of the desk has a ticket now; None: nobody has it any more."""

    type: ClassVar[str] = "bank.support.ticket-assigned.v1"
    ticket_id: str
    number: str
    assignee_user_id: str | None
    assigned_by: str


class TicketEscalated(Fact):
    """A ticket needs more attention: somebody said so, or a promise was broken (`overdue`)."""

    type: ClassVar[str] = "bank.support.ticket-escalated.v1"
    ticket_id: str
    number: str
    assignee_user_id: str | None
    cause: str


class TicketDueSoon(Fact):
    """A quarter of a promise's time is left; `clock` is first-response or resolution."""

    type: ClassVar[str] = "bank.support.ticket-due-soon.v1"
    ticket_id: str
    number: str
    assignee_user_id: str | None
    clock: str
    due_at: str


class TicketOverdue(Fact):
    """A promise was broken; `clock` is first-response or resolution."""

    type: ClassVar[str] = "bank.support.ticket-overdue.v1"
    ticket_id: str
    number: str
    assignee_user_id: str | None
    clock: str
    due_at: str


class TicketRated(Fact):
    """A customer said how a resolution was, from 1 to 5."""

    type: ClassVar[str] = "bank.support.ticket-rated.v1"
    ticket_id: str
    number: str
    score: int


FACTS: tuple[type[Fact], ...] = (
    TicketRaised,
    TicketAnswered,
    TicketResolved,
    TicketReplied,
    TicketStatusChanged,
    TicketReopened,
    TicketAssigned,
    TicketEscalated,
    TicketDueSoon,
    TicketOverdue,
    TicketRated,
)
