"""A code that the bank sends by mail: who reads the mailbox may go on, for one purpose, once, and not for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.errors import Invalid, TooManyRequests

Purpose = Literal["sign-in", "reset-password", "confirm-email", "change-email", "reauthenticate"]

CODE_LIFE = timedelta(minutes=5)
RESEND_WAIT = timedelta(seconds=60)
MAX_TRIES = 5
MAX_PER_HOUR = 10


class InvalidCode(Invalid):
    """Another code, too old, used before, or tried too often: all answer alike."""

    code = "auth.invalid-code"
    title = "The code is not valid"
    next_step = "Enter the newest code that the bank sent, or ask for another one."


class CodeSentAlready(TooManyRequests):
    """The code before is so young that the mail may still be on its way."""

    code = "auth.code-sent-already"
    title = "A code was sent a moment ago"
    next_step = "Look into your mails, or ask again when the wait is over."


@dataclass(frozen=True, slots=True)
class SentCode:
    """What is known of a code that was sent."""

    expires_at: datetime
    used_at: datetime | None
    tries: int


def may_be_tried(code: SentCode, *, now: datetime) -> bool:
    """Tell whether a code could still be the right one: not used, not old, not tried five times."""
    return code.used_at is None and now < code.expires_at and code.tries < MAX_TRIES


def wait_before_next(*, sent_at: list[datetime], now: datetime) -> timedelta:
    """Give how long to wait before another code may be sent; `sent_at` are those of the last hour, the newest first.

    A minute between two, and ten in an hour: each one gives five tries, and nobody shall have many.
    """
    if not sent_at:
        return timedelta(0)
    waits = [sent_at[0] + RESEND_WAIT - now]
    if len(sent_at) >= MAX_PER_HOUR:
        waits.append(sent_at[MAX_PER_HOUR - 1] + timedelta(hours=1) - now)
    return max(timedelta(0), *waits)
