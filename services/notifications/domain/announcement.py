"""What the bank tells everybody: who reads it and when it is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.errors import Forbidden, Invalid, NotFound, PreconditionFailed

Audience = Literal["all", "customers", "staff", "branch", "product"]


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


class AudienceIncomplete(Invalid):
    """The audience branch names a branch, the audience product a product, and no other names either."""

    code = "notifications.audience-incomplete"
    title = "The audience is not named fully"
    next_step = "Give branch_id with the audience branch, product with the audience product, and neither otherwise."


class EndsBeforeStart(Invalid):
    """An announcement would end before it starts."""

    code = "notifications.ends-before-start"
    title = "The end lies before the start"
    next_step = "Choose an end after the start."


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: what they are to the bank, and of which branches and products."""

    is_customer: bool = False
    is_staff: bool = False
    branches: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()

    @property
    def audiences(self) -> frozenset[Audience]:
        """Give the audiences of the whole bank that a reader belongs to; who is not signed in reads what is for all."""
        seen: set[Audience] = {"all"}
        if self.is_customer:
            seen.add("customers")
        if self.is_staff:
            seen |= {"customers", "staff", "product"}
        return frozenset(seen)


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom an announcement is for; a branch or a product is named only with its audience."""

    audience: Audience = "all"
    branch_id: str | None = None
    product: str | None = None


def is_for(reader: Reader, *, audience: Audience, branch_id: str | None, product: str | None) -> bool:
    """Tell whether an announcement is for a reader. Staff see what customers of a product are told."""
    if audience == "branch":
        return branch_id in reader.branches
    return audience in reader.audiences or (audience == "product" and product in reader.products)


def check_aim(aim: Aim) -> None:
    """Refuse an audience that is not named fully, or twice.

    :raises AudienceIncomplete: if it is for a branch or a product and does not say which, or says one too many
    """
    if (aim.audience == "branch") != (aim.branch_id is not None):
        raise AudienceIncomplete("branch_id goes with the audience branch.")
    if (aim.audience == "product") != (aim.product is not None):
        raise AudienceIncomplete("product goes with the audience product.")


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
