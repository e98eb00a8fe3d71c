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


FACTS: tuple[type[Fact], ...] = (TicketRaised, TicketAnswered, TicketResolved)
