"""What waits for a person: facts that a service could not accept, and mails that never left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shared.errors import Conflict, NotFound

LetterKind = Literal["fact", "mail"]
ServiceName = Literal["identity", "accounts", "transactions", "support", "notifications"]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A fact that could not be accepted, or a mail that never left; ids are in the order of their time everywhere."""

    id: str
    service: ServiceName
    kind: LetterKind
    what: str
    error: str | None
    created_at: datetime
    fact: dict[str, Any] | None = None
    """The fact itself, which holds ids, amounts and states."""


class DeadLetterNotFound(NotFound):
    """There is no such dead letter."""

    code = "notifications.dead-letter-not-found"
    title = "No such dead letter"
    next_step = "List the dead letters again."


class StillUnreadable(Conflict):
    """The fact still does not fit its contract, so it has no effect."""

    code = "notifications.fact-still-unreadable"
    title = "The fact still cannot be read"
    next_step = "Mend its publisher or the contract, then replay it again."


class ReplayRefused(Conflict):
    """The service that parked the fact refuses it again; `reason` is the code of its refusal."""

    code = "notifications.replay-refused"
    title = "The service refuses this fact again"
    next_step = "Mend what the reason names, then replay it again."


def refusal_of(code: str) -> StillUnreadable | ReplayRefused:
    """Give the desk's refusal for that of the service that has the fact."""
    return StillUnreadable() if code == "streams.fact-still-unreadable" else ReplayRefused(reason=code)
