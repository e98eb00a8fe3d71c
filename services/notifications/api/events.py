"""What the live feed says: an inbox item for one person, or a change of an announcement for many.

The JSON of an event is made once, however many streams it goes to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.api.schemas import AnnouncementAnswer, NotificationAnswer
from services.notifications.domain.announcement import Reader, is_for, is_shown
from services.notifications.domain.notice import Recipient
from services.notifications.store.announcement_queries import announcements_in_feed
from services.notifications.store.inbox_queries import feed_of_all
from services.notifications.store.tables import AnnouncementRow, InboxItemRow
from shared.clock import bank_now
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One event of the feed: its place, its name, its JSON, and whom it is for (an item's owner or an audience)."""

    place: int
    name: str
    data: str
    recipient: Recipient | None = None
    announcement: AnnouncementRow | None = None


def item_event(item: InboxItemRow) -> LiveEvent:
    """Write a new inbox item."""
    data = NotificationAnswer.model_validate(item).model_dump_json()
    return LiveEvent(item.feed_sequence or 0, "notification", data, Recipient(item.recipient_kind, item.recipient_id))


def announcement_event(row: AnnouncementRow) -> LiveEvent:
    """Write a changed announcement; of one that is not shown now, only that it is gone."""
    shown = is_shown(active=row.active, starts_at=row.starts_at, ends_at=row.ends_at, now=bank_now())
    if not shown:
        return LiveEvent(row.feed_sequence or 0, "announcement-gone", f'{{"id":"{row.id}"}}', announcement=row)
    data = AnnouncementAnswer.of(row).model_dump_json()
    return LiveEvent(row.feed_sequence or 0, "announcement", data, announcement=row)


def read_feed(store: Store, *, place: int, limit: int) -> tuple[int, list[LiveEvent]]:
    """Read what came after a place of the feed, for everybody; gives the new place and the events to push.

    A page that is full ends at its last place: what comes after it is read the next time.
    """
    with store.read() as session:
        items = feed_of_all(session, place=place, limit=limit)
        announcements = announcements_in_feed(session, place=place, limit=limit)
    rows: list[InboxItemRow | AnnouncementRow] = []
    rows += items
    rows += announcements
    rows = sorted(rows, key=lambda row: row.feed_sequence or 0)[:limit]
    if not rows:
        return place, []
    pushed = [row for row in rows if not isinstance(row, InboxItemRow) or row.pushed]
    events = [item_event(row) if isinstance(row, InboxItemRow) else announcement_event(row) for row in pushed]
    return rows[-1].feed_sequence or place, events


def events_of(events: Sequence[LiveEvent], *, recipients: tuple[Recipient, ...], reader: Reader) -> list[LiveEvent]:
    """Give those events that are for one person."""
    return [event for event in events if _is_for(event, recipients, reader)]


def _is_for(event: LiveEvent, recipients: tuple[Recipient, ...], reader: Reader) -> bool:
    if event.recipient is not None:
        return event.recipient in recipients
    row = event.announcement
    return row is not None and is_for(reader, audience=row.audience, branch_id=row.branch_id, product=row.product)
