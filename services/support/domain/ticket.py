"""What a ticket is, who sees it, and which steps it may take.

open → in-progress → waiting-on-customer → resolved → closed; reopen leads back to open.
"""

from dataclasses import dataclass
from typing import Literal

from shared.errors import Conflict, Forbidden, NotFound, PreconditionFailed

TicketType = Literal["account-change", "technical", "general", "security", "dispute"]
Status = Literal["open", "in-progress", "waiting-on-customer", "resolved", "closed"]
Priority = Literal["low", "normal", "high", "urgent"]
Queue = Literal["all", "pending", "mine", "unassigned", "warned", "breached", "resolved"]
AuthorKind = Literal["customer", "staff"]

FIRST_NUMBER = 100_001
OPEN: tuple[Status, ...] = ("open", "in-progress", "waiting-on-customer")
"""What still needs work; the queue `pending` has all of it."""

DONE: tuple[Status, ...] = ("resolved", "closed")
DEFAULT_RESOLUTION = "Our support desk has settled your request."

_NEXT: dict[str, frozenset[str]] = {
    "open": frozenset({"in-progress", "waiting-on-customer", "resolved", "closed"}),
    "in-progress": frozenset({"open", "waiting-on-customer", "resolved", "closed"}),
    "waiting-on-customer": frozenset({"open", "in-progress", "resolved", "closed"}),
    "resolved": frozenset({"closed"}),
    "closed": frozenset(),
}


class TicketNotFound(NotFound):
    """There is no such ticket, or it is somebody else's."""

    code = "support.ticket-not-found"
    title = "No such ticket"
    next_step = "Choose one of the tickets that GET /api/v1/tickets lists."


class StepNotAllowed(Conflict):
    """The ticket cannot go from its status to the wanted one."""

    code = "support.step-not-allowed"
    title = "The ticket cannot take this step"
    next_step = "Read the ticket again and choose a step that its status allows."


class TicketClosed(Conflict):
    """A closed ticket takes no messages; it can be reopened."""

    code = "support.ticket-closed"
    title = "The ticket is closed"
    next_step = "Reopen the ticket, then write."


class VersionMismatch(PreconditionFailed):
    """Somebody else changed it since the caller read it."""

    code = "request.version-mismatch"  # the same in every service
    title = "Somebody else changed this first"
    next_step = "Read the object again and repeat your change on its newest version."


class NotForCustomers(Forbidden):
    """Internal notes are written by staff only."""

    code = "support.internal-notes-are-staff-only"
    title = "Only staff write internal notes"
    next_step = "Send the message without internal."


class CustomersOnly(Forbidden):
    """A ticket is raised by a customer, for themselves."""

    code = "support.customers-only"
    title = "Only customers raise tickets"
    next_step = "Sign in as the customer whom the ticket is about."


class UnknownAccount(NotFound):
    """The account named in a ticket is missing or not the customer's own."""

    code = "support.account-not-found"
    title = "No such account"
    next_step = "Name one of your own accounts, or none."


class RatedAlready(Conflict):
    """Each resolution is rated once."""

    code = "support.rated-already"
    title = "You have rated this resolution"
    next_step = "Nothing needs to be done; if the matter is not settled, reopen the ticket."


class NotResolvedYet(Conflict):
    """Only what was resolved can be rated."""

    code = "support.not-resolved-yet"
    title = "The ticket is not resolved yet"
    next_step = "Rate the ticket once it is resolved."


class ReplyNotFound(NotFound):
    """There is no such canned reply."""

    code = "support.canned-reply-not-found"
    title = "No such canned reply"
    next_step = "List the canned replies again."


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at tickets: the desk sees all, a customer their own."""

    is_desk: bool
    customer_id: str | None


def number_of(*, sequence: int) -> str:
    """Give the number that people say on the phone: `T-100023`."""
    return f"T-{sequence}"


def check_visible(*, viewer: Viewer, ticket_customer_id: str) -> None:
    """Let the desk and the ticket's own customer pass.

    :raises TicketNotFound: for everybody else, as if there were no such ticket
    """
    if not viewer.is_desk and (viewer.customer_id is None or viewer.customer_id != ticket_customer_id):
        raise TicketNotFound()


def check_account_owner(*, customer_id: str, owners: list[str]) -> None:
    """Refuse a ticket about somebody else's account.

    :raises UnknownAccount: as if there were no such account
    """
    if customer_id not in owners:
        raise UnknownAccount()


def step(*, current: Status, wanted: Status) -> Status:
    """Take a step; staying where it is, is always allowed.

    :raises StepNotAllowed: if the ticket cannot go there
    """
    if wanted != current and wanted not in _NEXT[current]:
        raise StepNotAllowed(f"A ticket that is {current} cannot become {wanted}.", current=current, wanted=wanted)
    return wanted


def check_not_resolved(*, current: Status) -> None:
    """Refuse to settle twice.

    :raises StepNotAllowed: if the ticket is resolved already
    """
    if current == "resolved":
        raise StepNotAllowed("The ticket is resolved already.", current=current, wanted="resolved")


def check_version(*, current: int, seen: int) -> None:
    """Refuse a change that was decided on an older version.

    :raises VersionMismatch: if the caller saw another version
    """
    if current != seen:
        raise VersionMismatch("Read it again, then repeat your change.", current_version=current)


def reopen(*, current: Status) -> Status:
    """Bring a resolved or closed ticket back.

    :raises StepNotAllowed: if it is neither
    """
    if current not in ("resolved", "closed"):
        raise StepNotAllowed(f"A ticket that is {current} needs no reopening.", current=current, wanted="open")
    return "open"


def status_after_message(*, current: Status, author: AuthorKind, internal: bool) -> Status:
    """Tell what a message does to the status: the first answer starts work, a customer's reply ends the waiting.

    :raises NotForCustomers: if a customer writes an internal note
    :raises TicketClosed: if the ticket is closed and the message is not an internal note
    """
    if internal:
        if author == "customer":
            raise NotForCustomers()
        return current
    if current == "closed":
        raise TicketClosed()
    if author == "customer":
        return "in-progress" if current == "waiting-on-customer" else current
    return "in-progress" if current == "open" else current


def check_ratable(*, current: Status, rated: bool) -> None:
    """Let a customer rate a resolution, once.

    :raises NotResolvedYet: if there is none
    :raises RatedAlready: if it was rated
    """
    if current not in ("resolved", "closed"):
        raise NotResolvedYet()
    if rated:
        raise RatedAlready()


def resolution_text(*, given: str | None) -> str:
    """Give the text that the customer reads: the desk's own, or the stated default."""
    return (given or "").strip() or DEFAULT_RESOLUTION
