"""What a person is told in the inbox and by mail. Titles and values only: a screen or a template makes the words."""

from dataclasses import dataclass, field
from typing import Literal

from shared.errors import NotFound

Kind = Literal[
    "welcome",
    "deposit",
    "withdrawal",
    "transfer-out",
    "transfer-in",
    "capture-out",
    "capture-in",
    "reversal-out",
    "reversal-in",
    "fee",
    "interest-in",
    "interest-out",
    "adjustment-in",
    "adjustment-out",
    "ticket-raised",
    "ticket-answered",
    "ticket-resolved",
    "new-device",
]
RecipientKind = Literal["customer", "user"]

_TITLES: dict[Kind, str] = {
    "welcome": "Welcome to Strongroom",
    "deposit": "Money was paid in",
    "withdrawal": "Money was paid out",
    "transfer-out": "Your transfer was booked",
    "transfer-in": "You received a transfer",
    "capture-out": "A reserved payment was booked",
    "capture-in": "You received a reserved payment",
    "reversal-out": "A payment you had received was reversed",
    "reversal-in": "A payment of yours was reversed",
    "fee": "A fee was charged",
    "interest-in": "You received interest",
    "interest-out": "Interest was charged",
    "adjustment-in": "Your balance was corrected",
    "adjustment-out": "Your balance was corrected",
    "ticket-raised": "We received your request {number}",
    "ticket-answered": "There is an answer to your request {number}",
    "ticket-resolved": "Your request {number} is resolved",
    "new-device": "Somebody signed in from a new device",
}


class ItemNotFound(NotFound):
    """There is no such inbox item, or it is somebody else's."""

    code = "notifications.item-not-found"
    title = "No such notification"
    next_step = "List the notifications again."


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose inbox: a customer's, or a user's of the bank."""

    kind: RecipientKind
    id: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. Amounts in minor units; params hold ids and plain values, never markup."""

    kind: Kind
    params: dict[str, str] = field(default_factory=dict)
    amount_minor: int | None = None
    currency: str | None = None
    entry_id: str | None = None
    by_mail: bool = False

    @property
    def title(self) -> str:
        """Give the headline as plain text."""
        return _TITLES[self.kind].format(**self.params)


def movement(*, kind: Kind, account_id: str, amount_minor: int, currency: str, entry_id: str, booked_at: str) -> Notice:
    """Tell an owner that money moved on an account: in the inbox and by mail."""
    return Notice(
        kind=kind,
        params={"account_id": account_id, "booked_at": booked_at},
        amount_minor=amount_minor,
        currency=currency,
        entry_id=entry_id,
        by_mail=True,
    )


def ticket_step(*, kind: Kind, ticket_id: str, number: str) -> Notice:
    """Tell a customer that something happened to their ticket: in the inbox."""
    return Notice(kind=kind, params={"ticket_id": ticket_id, "number": number})
