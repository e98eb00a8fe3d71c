"""What all owners of an account sign: what it may be, how long it waits, and when it is complete."""

from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Conflict, NotFound


class CosignatureKind(StrEnum):
    """What waits. A payment is the ledger's, which books it; all else is done here."""

    PAYMENT = "payment"
    ADD_OWNER = "add-owner"
    REMOVE_OWNER = "remove-owner"
    CHANGE_MANDATE = "change-mandate"
    CLOSE_ACCOUNT = "close-account"


class CosignatureStatus(StrEnum):
    """`signed` becomes `executed` or `failed`; `void`: the account was changed meanwhile."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    EXPIRED = "expired"
    VOID = "void"
    EXECUTED = "executed"
    FAILED = "failed"


class CosignatureNotFound(NotFound):
    """Missing, or not the caller's to sign."""

    code = "accounts.cosignature-not-found"
    title = "No such co-signature"
    next_step = "Choose one of those that GET /api/v1/cosignatures lists."


class CosignatureDecided(Conflict):
    """It is complete, refused or void, or time ran out."""

    code = "accounts.cosignature-decided"
    title = "It no longer waits for signatures"
    next_step = "Look at its status; what it asked for can be asked for again."


class AlreadySigned(Conflict):
    """Nobody signs twice."""

    code = "accounts.already-signed"
    title = "You have signed this already"
    next_step = "Wait for the other signatures; signers says whose are missing."


class CosignatureWaiting(Conflict):
    """The same is waiting already."""

    code = "accounts.cosignature-waiting"
    title = "The same waits for signatures already"
    next_step = "Look at cosignature_id; refuse it if something else shall be asked for."


class TooManyCosignatures(Conflict):
    """So much waits about the account that nothing is added."""

    code = "accounts.too-many-cosignatures"
    title = "Too much waits for signatures"
    next_step = "Sign or refuse what GET /api/v1/cosignatures?status=waiting lists first."


SIGNING_LIFE = timedelta(days=7)
"""By the bank's clock, as the ledger has it for payments."""
MOST_WAITING = 20
"""How many changes of owners may wait about one account."""


def require_waiting(*, status: str, expires_at: datetime, at: datetime) -> None:
    """Refuse to sign or refuse what is decided, or over.

    :raises CosignatureDecided: with its status
    """
    if status != CosignatureStatus.WAITING:
        raise CosignatureDecided(cosignature_status=status)
    if expires_at <= at:
        raise CosignatureDecided(cosignature_status=CosignatureStatus.EXPIRED.value)
