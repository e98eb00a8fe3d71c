"""Reading announcements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from services.notifications.domain.announcement import AnnouncementNotFound, Reader, is_for, is_shown
from services.notifications.store.tables import AcknowledgementRow, AnnouncementEditRow, AnnouncementRow, MembershipRow


def list_announcements(
    session: Session,
    *,
    reader: Reader | None,
    shown_at: datetime | None,
    after: tuple[bool, str] | None,
    limit: int,
) -> Sequence[AnnouncementRow]:
    """Give up to `limit` announcements: pinned ones first, then newest first; `shown_at` None gives hidden ones too,
    and `reader` None those for everybody.

    `after` is (pinned, id) of the last one seen.
    """
    pinned, own_id = col(AnnouncementRow.pinned), col(AnnouncementRow.id)
    wanted = select(AnnouncementRow)
    if reader is not None:
        wanted = wanted.where(_for(reader))
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
    session: Session, *, announcement_id: str, reader: Reader | None, shown_at: datetime | None
) -> AnnouncementRow:
    """Give one announcement, if the reader may see it; `shown_at` None gives a hidden one too, `reader` None any.

    :raises AnnouncementNotFound: if it is missing, hidden, or for others
    """
    found = session.get(AnnouncementRow, announcement_id)
    if found is None:
        raise AnnouncementNotFound()
    if reader is not None and not is_for(
        reader, audience=found.audience, branch_id=found.branch_id, product=found.product
    ):
        raise AnnouncementNotFound()
    if shown_at is not None and not is_shown(
        active=found.active, starts_at=found.starts_at, ends_at=found.ends_at, now=shown_at
    ):
        raise AnnouncementNotFound()
    return found


def announcements_in_feed(session: Session, *, place: int, limit: int) -> Sequence[AnnouncementRow]:
    """Give what changed after a place of the live feed, in its order, whoever it is for and whether shown or not."""
    changed = select(AnnouncementRow).where(col(AnnouncementRow.feed_sequence) > place)
    return session.exec(changed.order_by(col(AnnouncementRow.feed_sequence)).limit(limit)).all()


def list_edits(
    session: Session, *, announcement_id: str, after: int | None, limit: int
) -> Sequence[AnnouncementEditRow]:
    """Give up to `limit` changes of an announcement, newest first, from below the version `after`."""
    wanted = select(AnnouncementEditRow).where(AnnouncementEditRow.announcement_id == announcement_id)
    if after is not None:
        wanted = wanted.where(col(AnnouncementEditRow.version) < after)
    return session.exec(wanted.order_by(col(AnnouncementEditRow.version).desc()).limit(limit)).all()


def acknowledged(session: Session, *, user_id: str | None, announcement_ids: Sequence[str]) -> frozenset[str]:
    """Give which of these a user said they read."""
    if user_id is None or not announcement_ids:
        return frozenset()
    ids = col(AcknowledgementRow.announcement_id)
    found = select(ids).where(AcknowledgementRow.user_id == user_id, ids.in_(announcement_ids))
    return frozenset(session.exec(found).all())


def memberships_of(session: Session, *, customer_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the branches and the products of a customer, as far as the facts of accounts have told."""
    rows = session.exec(select(MembershipRow).where(MembershipRow.customer_id == customer_id)).all()
    branches = frozenset(row.value for row in rows if row.kind == "branch")
    return branches, frozenset(row.value for row in rows if row.kind == "product")


def _for(reader: Reader) -> ColumnElement[bool]:
    audience = col(AnnouncementRow.audience)
    branch = and_(audience == "branch", col(AnnouncementRow.branch_id).in_(sorted(reader.branches)))
    product = and_(audience == "product", col(AnnouncementRow.product).in_(sorted(reader.products)))
    return or_(audience.in_(sorted(reader.audiences)), branch, product)
