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
    "ticket-waiting",
    "ticket-reopened",
    "ticket-closed",
    "ticket-assigned",
    "ticket-replied",
    "ticket-escalated",
    "ticket-due-soon",
    "ticket-overdue",
    "new-device",
    "password-changed",
    "factor-added",
    "factor-removed",
    "statement-ready",
    "account-opened",
    "account-frozen",
    "account-unfrozen",
    "account-closed",
    "account-reopened",
    "account-dormant",
    "account-woken",
    "interest-summary",
    "order-failed",
    "approval-waits",
    "approval-asked",
    "approval-decided",
    "signature-asked",
    "signature-missed",
    "owners-changed",
    "contact-changed",
    "balance-low",
    "large-movement",
]
Event = Literal[
    "welcome", "deposit", "withdrawal", "transfer", "fee", "interest", "correction",
    "statement", "order", "account", "ticket", "security", "approval", "alert",
]  # fmt: skip
"""What a person chooses channels for: kinds of one event go the same way."""

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
    "ticket-waiting": "We wait for your answer to request {number}",
    "ticket-reopened": "Your request {number} is open again",
    "ticket-closed": "Your request {number} is closed",
    "ticket-assigned": "Ticket {number} is yours now",
    "ticket-replied": "The customer answered ticket {number}",
    "ticket-escalated": "Ticket {number} was escalated",
    "ticket-due-soon": "Ticket {number} is due soon",
    "ticket-overdue": "Ticket {number} is overdue",
    "new-device": "Somebody signed in from a new device",
    "password-changed": "Your password was changed",
    "factor-added": "A second factor was added to your login",
    "factor-removed": "A second factor was removed from your login",
    "statement-ready": "Your statement is ready",
    "account-opened": "Your account is open",
    "account-frozen": "Your account was frozen",
    "account-unfrozen": "Your account is no longer frozen",
    "account-closed": "Your account was closed",
    "account-reopened": "Your account is open again",
    "account-dormant": "Your account sleeps, since nothing moved for long",
    "account-woken": "Your account is awake again",
    "interest-summary": "Your interest of {period}",
    "order-failed": "A standing order was not carried out",
    "approval-waits": "Your request waits for a second person",
    "approval-asked": "A request waits for your decision",
    "approval-decided": "Your request: {decision}",
    "signature-asked": "Something waits for your signature",
    "signature-missed": "What you asked for was not done: {status}",
    "contact-changed": "Your telephone number or address was changed",
    "owners-changed": "Your account has other owners, or they sign otherwise",
    "balance-low": "Your balance is below your limit",
    "large-movement": "A large amount moved on your account",
}

_EVENTS: dict[str, Event] = {
    "welcome": "welcome",
    "deposit": "deposit",
    "withdrawal": "withdrawal",
    "transfer": "transfer",
    "capture": "transfer",
    "reversal": "transfer",
    "fee": "fee",
    "interest": "interest",
    "adjustment": "correction",
    "statement": "statement",
    "order": "order",
    "account": "account",
    "ticket": "ticket",
    "new": "security",
    "password": "security",
    "factor": "security",
    "approval": "approval",
    "signature": "approval",
    "owners": "security",
    "contact": "security",
    "balance": "alert",
    "large": "alert",
}
"""By the first word of a kind."""


def event_of(kind: Kind) -> Event:
    """Give the event that a kind belongs to."""
    return _EVENTS[kind.partition("-")[0]]


def kinds_of(event: Event) -> frozenset[Kind]:
    """Give the kinds of an event."""
    return frozenset(kind for kind in _TITLES if event_of(kind) == event)


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
    balance_after_minor: int | None = None
    """What the account had when this was booked, where the fact says so."""

    @property
    def title(self) -> str:
        """Give the headline as plain text."""
        return _TITLES[self.kind].format(**self.params)


def movement(
    *,
    kind: Kind,
    account_id: str,
    amount_minor: int,
    currency: str,
    entry_id: str,
    booked_at: str,
    balance_after_minor: int | None = None,
) -> Notice:
    """Tell an owner that money moved on an account: in the inbox and by mail."""
    return Notice(
        kind=kind,
        params={"account_id": account_id, "booked_at": booked_at},
        amount_minor=amount_minor,
        currency=currency,
        entry_id=entry_id,
        by_mail=True,
        balance_after_minor=balance_after_minor,
    )


def ticket_step(*, kind: Kind, ticket_id: str, number: str, by_mail: bool = False) -> Notice:
    """Tell a person that something happened to a ticket: in the inbox, and by mail where it asks for an answer."""
    return Notice(kind=kind, params={"ticket_id": ticket_id, "number": number}, by_mail=by_mail)
