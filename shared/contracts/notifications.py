"""Facts of the notifications service."""

from typing import ClassVar

from shared.contracts.envelope import Fact


class AnnouncementPosted(Fact):
    """The bank told its people something."""

    type: ClassVar[str] = "bank.notifications.announcement-posted.v1"
    announcement_id: str
    audience: str


FACTS: tuple[type[Fact], ...] = (AnnouncementPosted,)
