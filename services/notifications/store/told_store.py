"""Writing what many facts tell as a few sets: one statement for all items, one for all mails, one for their jobs.

A reader's transaction covers a batch of facts. What is told is gathered in its session and written at its end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from services.notifications.domain.notice import Notice, Recipient
from services.notifications.store.tables import METADATA
from shared.clock import format_time, now
from shared.ids import new_id
from shared.observability.context import RequestContext, current_context
from shared.store.canonical import json_text
from shared.store.engine import before_commit
from shared.store.jobs import NewJob, enqueue_jobs
from shared.store.statements import OneOf, Prepared, as_list, insert_new

SEND_MAIL = "send_mail"
_GATHERED = "told"
_ITEMS, _DELIVERIES = METADATA.tables["inbox_items"], METADATA.tables["deliveries"]
_ANNOUNCEMENTS = METADATA.tables["announcements"]
_ADD_ITEMS = insert_new(
    _ITEMS,
    [
        "id", "recipient_kind", "recipient_id", "source", "kind", "title", "params",
        "amount_minor", "currency", "entry_id", "created_at", "feed_sequence", "pushed",
    ],
)  # fmt: skip
_ADD_DELIVERIES = insert_new(
    _DELIVERIES,
    [
        "id", "event", "recipient_kind", "recipient_id", "channel", "template", "params",
        "state", "attempts", "created_at", "updated_at", "language",
    ],
)  # fmt: skip
_ITEMS_THERE = Prepared(select(_ITEMS.c.id).where(OneOf(_ITEMS.c.id, "ids")), ["ids"])
_DELIVERIES_THERE = Prepared(select(_DELIVERIES.c.id).where(OneOf(_DELIVERIES.c.id, "ids")), ["ids"])
_HEAD = Prepared(
    select(
        select(func.max(_ITEMS.c.feed_sequence)).where(_ITEMS.c.feed_sequence > bindparam("above")).scalar_subquery(),
        select(func.max(_ANNOUNCEMENTS.c.feed_sequence)).scalar_subquery(),
    ),
    ["above"],
)


@dataclass(slots=True)
class Told:
    """One thing to tell one person, with how it shall reach them."""

    recipient: Recipient
    source: str
    notice: Notice
    at: datetime
    context: RequestContext | None
    pushed: bool = True
    mailed: bool = False
    mail_after: datetime | None = None
    language: str = "en"
    id: str = ""


def gather(session: Session, told: Told, *, settle: Callable[[Session, list[Told]], None]) -> None:
    """Keep it for the end of the transaction, when `settle` gets all that was gathered."""
    gathered: list[Told] | None = session.info.get(_GATHERED)
    if gathered is None:
        gathered = session.info[_GATHERED] = []
        before_commit(session, lambda: settle(session, session.info.pop(_GATHERED)))
    gathered.append(told)


def tell_now(recipient: Recipient, source: str, notice: Notice, at: datetime) -> Told:
    """Make what is told in the name of the request at hand."""
    return Told(recipient, source, notice, at, current_context())


def feed_head(session: Session) -> int:
    """Give the highest place in the live feed so far; who writes is alone, so the next one is theirs."""
    return max(place or 0 for place in _HEAD.read(session, 0)[0])


def add_items(session: Session, told: Sequence[Told]) -> list[Told]:
    """Keep the items that the same fact did not make before; gives those that are new."""
    place = feed_head(session)
    for one in told:
        one.id = new_id()
    rows = [_item(one, place + number) for number, one in enumerate(told, start=1)]
    if _ADD_ITEMS.run(session, rows) == len(rows):
        return list(told)
    there = {row[0] for row in _ITEMS_THERE.read(session, as_list(one.id for one in told))}
    return [one for one in told if one.id in there]


def add_mails(session: Session, told: Sequence[Told]) -> None:
    """Queue the mails of these, each with its job; an event that a person was mailed about before is left out."""
    rows = [_delivery(one) for one in told]
    ids = {row[0] for row in rows}
    if _ADD_DELIVERIES.run(session, rows) != len(rows):
        ids = {row[0] for row in _DELIVERIES_THERE.read(session, as_list(ids))}
    jobs = [
        # Jobs are due by real time, what is told has the bank's: the pause is the same in both.
        NewJob(
            row[0],
            {"delivery_id": row[0]},
            None if one.mail_after is None else now() + (one.mail_after - one.at),
            one.context,
        )
        for row, one in zip(rows, told, strict=True)
        if row[0] in ids
    ]
    enqueue_jobs(session, kind=SEND_MAIL, jobs=jobs)


def _item(told: Told, place: int) -> tuple[object, ...]:
    notice = told.notice
    whose = (told.id, told.recipient.kind, told.recipient.id, told.source, notice.kind)
    what = (notice.title, json_text(notice.params), notice.amount_minor, notice.currency, notice.entry_id)
    return (*whose, *what, format_time(told.at), place, told.pushed)


def _delivery(told: Told) -> tuple[str, ...]:
    notice = told.notice
    params = {
        **notice.params,
        "amount_minor": notice.amount_minor,
        "currency": notice.currency,
        "entry_id": notice.entry_id,
    }
    at = format_time(told.at)
    whom = (told.recipient.kind, told.recipient.id, "mail")
    what = (new_id(), f"{told.source}:{notice.kind}", *whom, notice.kind, json_text(params))
    return (*what, "queued", 0, at, at, told.language)  # type: ignore[return-value]
