"""Reading announcements."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from services.notifications.domain.announcement import AnnouncementNotFound, Audience, is_shown
from services.notifications.store.tables import AnnouncementRow


def list_announcements(
    session: Session,
    *,
    audiences: frozenset[Audience],
    shown_at: datetime | None,
    after: tuple[bool, str] | None,
    limit: int,
) -> Sequence[AnnouncementRow]:
    """Give up to `limit` announcements: pinned ones first, then newest first; `shown_at` None gives hidden ones too.

    `after` is (pinned, id) of the last one seen.
    """
    pinned, own_id = col(AnnouncementRow.pinned), col(AnnouncementRow.id)
    wanted = select(AnnouncementRow).where(col(AnnouncementRow.audience).in_(sorted(audiences)))
    if shown_at is not None:
        ends = col(AnnouncementRow.ends_at)
        wanted = wanted.where(
            col(AnnouncementRow.active).is_(True),
            col(AnnouncementRow.starts_at) <= shown_at,
            or_(ends.is_(None), ends > shown_at),
        )
    if after is not None:
        was_pinned, last_id = after
        rest = and_(pinned.is_(was_pinned), own_id < last_id)
        wanted = wanted.where(or_(rest, pinned.is_(False)) if was_pinned else rest)
    return session.exec(wanted.order_by(pinned.desc(), own_id.desc()).limit(limit)).all()


def get_announcement(
    session: Session, *, announcement_id: str, audiences: frozenset[Audience], shown_at: datetime | None
) -> AnnouncementRow:
    """Give one announcement, if the reader may see it; `shown_at` None gives a hidden one too.

    :raises AnnouncementNotFound: if it is missing, hidden, or for others
    """
    found = session.get(AnnouncementRow, announcement_id)
    if found is None or found.audience not in audiences:
        raise AnnouncementNotFound()
    if shown_at is not None and not is_shown(
        active=found.active, starts_at=found.starts_at, ends_at=found.ends_at, now=shown_at
    ):
        raise AnnouncementNotFound()
    return found
