"""The shapes that notifications reads and answers."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from services.notifications.api.markdown import as_html
from services.notifications.domain.announcement import Audience
from services.notifications.domain.notice import Kind
from services.notifications.store.tables import AnnouncementRow
from services.notifications.use_cases.post_announcement import AnnouncementOrder
from shared.web.schemas import Answer, ChangeModel, ListAnswer, Moment, StrictModel

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
"""A line of plain text."""

Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Markdown of several lines; markup in it is shown as the text that it is."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")]


_MAY_BE_NULL = frozenset({"ends_at", "branch_id", "product"})


class AnnouncementRequest(StrictModel):
    """A new announcement; without a start it is shown at once, without an end until it is taken down."""

    title: Title
    message: Message
    audience: Audience = "all"
    branch_id: Id | None = None
    product: Id | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    pinned: bool = False
    active: bool = True

    def to_order(self) -> AnnouncementOrder:
        """Give the order in the words of the use case."""
        return AnnouncementOrder(
            title=self.title,
            message=self.message,
            audience=self.audience,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            pinned=self.pinned,
            active=self.active,
            branch_id=self.branch_id,
            product=self.product,
        )


class AnnouncementChange(ChangeModel):
    """A change of an announcement: only the fields that are sent; `ends_at`, `branch_id`, `product` may be null."""

    title: Title | None = None
    message: Message | None = None
    audience: Audience | None = None
    branch_id: Id | None = None
    product: Id | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    pinned: bool | None = None
    active: bool | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "AnnouncementChange":
        changes = self.changes()
        if not changes:
            raise ValueError("give at least one field to change")
        empty = sorted(name for name, value in changes.items() if value is None and name not in _MAY_BE_NULL)
        if empty:
            raise ValueError(f"null is not allowed for {', '.join(empty)}")
        return self

    def changes(self) -> dict[str, Any]:
        """Give the fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"version"}}


class AnnouncementAnswer(Answer):
    """An announcement: the title is plain text, the message Markdown, and `message_html` the same made safe to show."""

    id: str
    title: str
    message: str
    message_html: str = ""
    audience: Audience
    branch_id: str | None
    product: str | None
    starts_at: Moment
    ends_at: Moment | None
    pinned: bool
    active: bool
    created_at: Moment
    updated_at: Moment
    version: int
    acknowledged: bool = False

    @classmethod
    def of(cls, row: AnnouncementRow, *, acknowledged: bool = False) -> "AnnouncementAnswer":
        """Show an announcement with its message as HTML."""
        seen = {"message_html": as_html(row.message), "acknowledged": acknowledged}
        return cls.model_validate(row).model_copy(update=seen)


class EditAnswer(Answer):
    """One change of an announcement: which fields, as they were and as they became."""

    version: int
    edited_by: str
    edited_at: Moment
    before: dict[str, Any]
    after: dict[str, Any]


class EditList(ListAnswer[EditAnswer]):
    """A page of an announcement's history, newest first."""


class AcknowledgeRequest(StrictModel):
    """Nothing is asked for an acknowledgement."""


class AnnouncementList(ListAnswer[AnnouncementAnswer]):
    """A page of announcements: pinned ones first, then newest first."""


class NotificationAnswer(Answer):
    """One item of the inbox. The words beside the title are the screen's: it has kind, amount and ids."""

    id: str
    kind: Kind
    title: str
    params: dict[str, str]
    amount_minor: int | None
    currency: str | None
    transaction_id: Annotated[str | None, Field(validation_alias="entry_id")]  # the word for people, not the ledger's
    read_at: Moment | None
    created_at: Moment


class NotificationList(ListAnswer[NotificationAnswer]):
    """A page of the inbox, newest first, with the number of unread items of the whole inbox."""

    unread: int


class ReadRequest(StrictModel):
    """Nothing is asked for reading."""


class ReadAllRequest(StrictModel):
    """Up to which item to mark as read: what came after the reader looked stays unread. Without it, all."""

    up_to: Id | None = None


class ReadAllAnswer(Answer):
    """How many items were marked, and how many are unread now."""

    marked: int
    unread: int


class FeedEvent(Answer):
    """One event, as the stream would send it."""

    id: int
    event: str
    data: dict[str, Any]


class FeedAnswer(Answer):
    """What came after a place; ask again with `last`. `resync`: too much was missed, read the lists again."""

    last: int
    unread: int
    resync: bool
    events: list[FeedEvent]


class MailLine(Answer):
    """One mail of the sandbox."""

    id: str
    to: str
    subject: str
    at: Moment | None


class MailDetail(MailLine):
    """One mail of the sandbox with its bodies as they came."""

    text: str
    html: str


class MailLines(Answer):
    """The sandbox's mails, newest first."""

    items: list[MailLine]
