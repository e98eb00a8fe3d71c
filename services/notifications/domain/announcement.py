"""What the bank tells everybody: who reads it and when it is shown."""

from datetime import datetime
from typing import Literal

from shared.errors import Forbidden, Invalid, NotFound, PreconditionFailed

Audience = Literal["all", "customers", "staff"]


class AnnouncementNotFound(NotFound):
    """There is no such announcement, or it is not for the caller."""

    code = "notifications.announcement-not-found"
    title = "No such announcement"
    next_step = "List the announcements again; this one may have been taken down."


class VersionMismatch(PreconditionFailed):
    """Somebody else changed it since the caller read it."""

    code = "request.version-mismatch"  # the same in every service
    title = "Somebody else changed this first"
    next_step = "Read the object again and repeat your change on its newest version."


class EditorsOnly(Forbidden):
    """Hidden announcements are listed for those who edit them."""

    code = "notifications.editors-only"
    title = "Only who edits announcements sees hidden ones"
    next_step = "List the announcements without the hidden ones."


class EndsBeforeStart(Invalid):
    """An announcement would end before it starts."""

    code = "notifications.ends-before-start"
    title = "The end lies before the start"
    next_step = "Choose an end after the start."


def audiences_for(*, is_customer: bool, is_staff: bool) -> frozenset[Audience]:
    """Give the audiences that a reader belongs to; who is not signed in reads what is for all."""
    seen: set[Audience] = {"all"}
    if is_customer:
        seen.add("customers")
    if is_staff:
        seen |= {"customers", "staff"}
    return frozenset(seen)


def check_window(*, starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse an announcement that could never be shown.

    :raises EndsBeforeStart: if the end is not after the start
    """
    if ends_at is not None and ends_at <= starts_at:
        raise EndsBeforeStart("ends_at must be later than starts_at.")


def is_shown(*, active: bool, starts_at: datetime, ends_at: datetime | None, now: datetime) -> bool:
    """Tell whether an announcement is shown at a moment: from its start until before its end."""
    return active and starts_at <= now and (ends_at is None or now < ends_at)


def check_version(*, current: int, seen: int) -> None:
    """Refuse a change that was decided on an older version.

    :raises VersionMismatch: if the caller saw another version
    """
    if current != seen:
        raise VersionMismatch("Read it again, then repeat your change.", current_version=current)
