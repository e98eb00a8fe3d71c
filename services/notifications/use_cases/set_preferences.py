"""Set what a person wants to be told, how, and when not to be disturbed.

Who: that person. Rules: `domain/preference.py`, `domain/alert.py`. Says: nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.notifications.domain.alert import BalanceLine, LargeAmount
from services.notifications.domain.notice import Recipient
from services.notifications.domain.preference import Preferences, check_preferences
from services.notifications.store.preference_store import keep_choice
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything a person may choose; alerts are for customers."""

    preferences: Preferences
    large: LargeAmount | None = None
    lines: Sequence[BalanceLine] = ()


def set_preferences(session: Session, *, caller: Caller, recipient: Recipient, choices: Choices, now: datetime) -> None:
    """Put these choices in the place of those before; facts that come later follow them.

    :raises SecurityMailsStayOn: if mails about security would be off
    :raises UnknownTimeZone: if the quiet hours are in no zone
    """
    check_preferences(choices.preferences)
    keep_choice(
        session,
        recipient=recipient,
        chosen=choices.preferences,
        large=choices.large,
        lines=choices.lines,
        now=now,
    )
    record_audit(
        session,
        caller=caller,
        command="set-preferences",
        subject_type="preferences",
        subject_id=recipient.id,
        after={"events": choices.preferences.events, "quiet": choices.preferences.quiet is not None},
    )
