"""The shapes that the support desk reads and answers."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from services.support.domain.ticket import AuthorKind, Priority, Status, TicketType, Viewer
from services.support.store.tables import MessageRow, TicketRow
from services.support.use_cases.raise_ticket import TicketOrder
from shared.web.schemas import Answer, ChangeModel, ListAnswer, Moment, StrictModel

OneLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
"""A line of plain text."""

Paragraphs = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Plain text of several lines; it is never markup."""

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class TicketRequest(StrictModel):
    """A new ticket."""

    type: TicketType
    subject: OneLine
    description: Paragraphs
    priority: Priority = "normal"
    account_id: Uuid | None = None
    transaction_id: Uuid | None = None

    def to_order(self) -> TicketOrder:
        """Give the order in the words of the use case."""
        return TicketOrder(
            type=self.type,
            subject=self.subject,
            description=self.description,
            priority=self.priority,
            account_id=self.account_id,
            transaction_id=self.transaction_id,
        )


class TicketChange(ChangeModel):
    """A change of a ticket's status or priority."""

    status: Status | None = None
    priority: Priority | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "TicketChange":
        if self.status is None and self.priority is None:
            raise ValueError("give status or priority")
        return self


class MessageRequest(StrictModel):
    """A new message; an internal one is for staff only."""

    text: Paragraphs
    internal: bool = False


class ResolveRequest(StrictModel):
    """How a ticket was settled; without a text the stated default stands."""

    resolution: Annotated[str, Field(max_length=10_000)] | None = None


class ReopenRequest(StrictModel):
    """Nothing is asked for a reopening."""


class TicketAnswer(Answer):
    """A ticket."""

    id: str
    number: str
    customer_id: str
    type: TicketType
    subject: str
    description: str
    status: Status
    priority: Priority
    account_id: str | None
    transaction_id: str | None
    created_at: Moment
    updated_at: Moment
    resolution: str | None
    version: int


class MessageAnswer(Answer):
    """A message; who of the staff wrote it is shown to the desk only."""

    id: str
    author: AuthorKind
    author_user_id: str | None
    text: str
    internal: bool
    created_at: Moment

    @classmethod
    def of(cls, message: MessageRow, viewer: Viewer) -> "MessageAnswer":
        """Show a message the way this viewer may see it."""
        answer = cls.model_validate(message)
        return answer if viewer.is_desk else answer.model_copy(update={"author_user_id": None})


class TicketDetail(TicketAnswer):
    """A ticket with its thread, oldest message first."""

    messages: list[MessageAnswer]

    @classmethod
    def of(cls, ticket: TicketRow, messages: list[MessageAnswer]) -> "TicketDetail":
        """Put a ticket and its thread together."""
        return cls(**TicketAnswer.model_validate(ticket).model_dump(), messages=messages)


class TicketList(ListAnswer[TicketAnswer]):
    """A page of tickets, newest first."""
