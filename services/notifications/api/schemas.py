"""The shapes that notifications reads and answers."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from services.notifications.domain.announcement import Audience
from services.notifications.domain.notice import Kind
from services.notifications.use_cases.post_announcement import AnnouncementOrder
from shared.web.schemas import Answer, ChangeModel, ListAnswer, Moment, StrictModel

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
"""A line of plain text."""

Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Plain text of several lines; it is never markup."""


class AnnouncementRequest(StrictModel):
    """A new announcement; without a start it is shown at once, without an end until it is taken down."""

    title: Title
    message: Message
    audience: Audience = "all"
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
        )


class AnnouncementChange(ChangeModel):
    """A change of an announcement: only the fields that are sent; only `ends_at` may be taken away with null."""

    title: Title | None = None
    message: Message | None = None
    audience: Audience | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    pinned: bool | None = None
    active: bool | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "AnnouncementChange":
        changes = self.changes()
        if not changes:
            raise ValueError("give at least one field to change")
        empty = sorted(name for name, value in changes.items() if value is None and name != "ends_at")
        if empty:
            raise ValueError(f"null is not allowed for {', '.join(empty)}")
        return self

    def changes(self) -> dict[str, Any]:
        """Give the fields that were sent."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"version"}}


class AnnouncementAnswer(Answer):
    """An announcement; title and message are plain text."""

    id: str
    title: str
    message: str
    audience: Audience
    starts_at: Moment
    ends_at: Moment | None
    pinned: bool
    active: bool
    created_at: Moment
    updated_at: Moment
    version: int


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
