"""What a person wants to be told, how, and when not to be disturbed. Pure: `now` is passed in.

An item is always kept in the inbox. `mail` sends a mail as well, `push` shows the item at once on open screens.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.notifications.domain.notice import Event
from shared.errors import Conflict, Invalid

Channel = Literal["mail", "push"]
Language = Literal["en", "de"]
ALWAYS_MAILED: frozenset[Event] = frozenset({"security"})
LOUD: frozenset[Event] = frozenset({"security"})
"""What quiet hours do not hold back."""


class SecurityMailsStayOn(Conflict):
    """Mails about the safety of a login cannot be turned off: a thief would do that first."""

    code = "notifications.security-mails-stay-on"
    title = "Mails about your security stay on"
    next_step = "Leave mails of the event security on."


class UnknownTimeZone(Invalid):
    """The time zone of the quiet hours is none that exists."""

    code = "notifications.unknown-time-zone"
    title = "There is no such time zone"
    next_step = "Name a zone as the IANA list does, like Europe/Berlin."


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when until when, every day, in a person's own zone; they may reach over midnight."""

    begins: time
    ends: time
    zone: str

    def end_after(self, now: datetime) -> datetime | None:
        """Give when the quiet hours that hold at `now` are over, None if none hold."""
        here = now.astimezone(ZoneInfo(self.zone))
        clock = here.time().replace(tzinfo=None)
        if self.begins <= self.ends:
            quiet, tomorrow = self.begins <= clock < self.ends, False
        else:
            quiet, tomorrow = clock >= self.begins or clock < self.ends, clock >= self.begins
        if not quiet:
            return None
        return datetime.combine(here.date() + timedelta(days=int(tomorrow)), self.ends, tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of one person; what is not named is on."""

    events: dict[Event, dict[Channel, bool]] = field(default_factory=dict)
    quiet: QuietHours | None = None
    language: Language = "en"

    def allows(self, event: Event, channel: Channel) -> bool:
        """Tell whether an event is told over a channel."""
        if channel == "mail" and event in ALWAYS_MAILED:
            return True
        return self.events.get(event, {}).get(channel, True)

    def quiet_until(self, event: Event, now: datetime) -> datetime | None:
        """Give when an event may disturb, None for at once."""
        return None if self.quiet is None or event in LOUD else self.quiet.end_after(now)


DEFAULTS = Preferences()


def check_preferences(chosen: Preferences) -> None:
    """Refuse choices that cannot be followed.

    :raises SecurityMailsStayOn: if mails about security would be off
    :raises UnknownTimeZone: if the quiet hours are in no zone
    """
    for event in ALWAYS_MAILED:
        if not chosen.events.get(event, {}).get("mail", True):
            raise SecurityMailsStayOn()
    if chosen.quiet is not None:
        try:
            ZoneInfo(chosen.quiet.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UnknownTimeZone() from None
