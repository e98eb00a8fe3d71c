"""The shapes that the support desk reads and answers."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from services.support.domain.service_level import Clock, ClockKind, ClockState
from services.support.domain.ticket import AuthorKind, Priority, Status, TicketType, Viewer
from services.support.store.tables import AttachmentRow, MessageRow, TicketRow
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


class AssignRequest(StrictModel):
    """Who shall have the ticket: a user of the desk, null for nobody; without the field, who asks."""

    assignee_user_id: Uuid | None = None


class EscalateRequest(StrictModel):
    """Why the ticket needs more attention; for staff only."""

    reason: OneLine


class RateRequest(StrictModel):
    """How the resolution was, from 1 to 5."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None


class ViewingRequest(StrictModel):
    """Nothing is asked for looking."""


class ClockAnswer(Answer):
    """One promise: while it runs it has a due time, while it waits for the customer none."""

    kind: ClockKind
    state: ClockState
    due_at: Moment | None
    breached_at: Moment | None
    met_at: Moment | None


class TicketAnswer(Answer):
    """A ticket. Who of the staff has it, why it was escalated and the promises' clocks are shown to the desk only."""

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
    resolved_at: Moment | None = None
    version: int
    assignee_user_id: str | None = None
    escalated_at: Moment | None = None
    escalation: str | None = None
    promises: list[ClockAnswer] | None = None

    @classmethod
    def of(cls, ticket: TicketRow, viewer: Viewer, clocks: Sequence[Clock] = ()) -> "TicketAnswer":
        """Show a ticket the way this viewer may see it."""
        answer = cls.model_validate(ticket)
        if viewer.is_desk:
            return answer.model_copy(update={"promises": [ClockAnswer.model_validate(clock) for clock in clocks]})
        return answer.model_copy(update={"assignee_user_id": None, "escalated_at": None, "escalation": None})


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


class AttachmentAnswer(Answer):
    """A file of a ticket; who of the staff attached it is shown to the desk only."""

    id: str
    ticket_id: str
    name: str
    media_type: str
    size_bytes: int
    author: AuthorKind
    author_user_id: str | None
    internal: bool
    created_at: Moment

    @classmethod
    def of(cls, attachment: AttachmentRow, viewer: Viewer) -> "AttachmentAnswer":
        """Show a file the way this viewer may see it."""
        answer = cls.model_validate(attachment)
        return answer if viewer.is_desk else answer.model_copy(update={"author_user_id": None})


class RatingAnswer(Answer):
    """What the customer said of the resolution."""

    score: int
    comment: str | None
    created_at: Moment


class ViewerAnswer(Answer):
    """Somebody of the desk who has the ticket open."""

    user_id: str
    seen_at: Moment


class ViewingAnswer(Answer):
    """Who else has the ticket open."""

    others: list[ViewerAnswer]


class TicketDetail(TicketAnswer):
    """A ticket with its thread, oldest message first, and its files. `also_open` is for the desk."""

    messages: list[MessageAnswer]
    attachments: list[AttachmentAnswer]
    rating: RatingAnswer | None = None
    also_open: list[ViewerAnswer] | None = None


class TicketList(ListAnswer[TicketAnswer]):
    """A page of tickets, newest first."""


class QueueCounts(Answer):
    """How many tickets are in each queue; all but `all` and `resolved` are open work, `warned` at risk."""

    all: int
    pending: int
    mine: int
    unassigned: int
    warned: int
    breached: int
    resolved: int


class CannedReplyRequest(StrictModel):
    """Words to write often."""

    title: OneLine
    text: Paragraphs


class CannedReplyChange(ChangeModel):
    """A change of a canned reply."""

    title: OneLine | None = None
    text: Paragraphs | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "CannedReplyChange":
        if self.title is None and self.text is None:
            raise ValueError("give title or text")
        return self


class CannedReplyAnswer(Answer):
    """A canned reply."""

    id: str
    title: str
    text: str
    updated_at: Moment
    version: int


class CannedReplyList(ListAnswer[CannedReplyAnswer]):
    """A page of canned replies, newest first."""
