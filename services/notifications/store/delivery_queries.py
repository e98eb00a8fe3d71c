"""Reading deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from services.notifications.domain.delivery import SERVER_DOWN, State
from services.notifications.store.tables import PLUMBING, DeliveryRow


def waits_for_server(session: Session) -> bool:
    """Tell whether any mail only waits for the mail server to be back."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.state == "queued", DeliveryRow.last_error == SERVER_DOWN)
    return session.exec(waiting.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A fact that could not be accepted, or a mail that never left."""

    id: str
    kind: str
    what: str
    error: str | None
    created_at: datetime


def list_deliveries(session: Session, *, state: State | None, after: str | None, limit: int) -> Sequence[DeliveryRow]:
    """Give up to `limit` mails, newest first, from below the id `after`."""
    wanted = select(DeliveryRow)
    if state is not None:
        wanted = wanted.where(DeliveryRow.state == state)
    if after is not None:
        wanted = wanted.where(DeliveryRow.id < after)
    return session.exec(wanted.order_by(col(DeliveryRow.id).desc()).limit(limit)).all()


def list_dead_letters(session: Session, *, after: str | None, limit: int) -> list[DeadLetter]:
    """Give up to `limit` facts and mails that wait for a person, newest first, from below the id `after`."""
    facts = PLUMBING.dead_letters
    wanted = select_columns(facts.c.id, facts.c.type, facts.c.error, facts.c.created_at)
    wanted = wanted.where(facts.c.state == "queued")
    if after is not None:
        wanted = wanted.where(facts.c.id < after)
    parked: Sequence[Row[tuple[str, str, str, datetime]]] = session.execute(
        wanted.order_by(facts.c.id.desc()).limit(limit)
    ).all()
    mails = list_deliveries(session, state="failed", after=after, limit=limit)
    found = [DeadLetter(row.id, "fact", row.type, row.error, row.created_at) for row in parked]
    found += [DeadLetter(mail.id, "mail", mail.template, mail.last_error, mail.created_at) for mail in mails]
    return sorted(found, key=lambda letter: letter.id, reverse=True)[:limit]


def kind_of_letter(session: Session, *, letter_id: str) -> str | None:
    """Tell what an id of a dead letter stands for: a fact, a mail, or nothing."""
    facts = PLUMBING.dead_letters
    if session.execute(select_columns(facts.c.id).where(facts.c.id == letter_id)).first() is not None:
        return "fact"
    return None if session.get(DeliveryRow, letter_id) is None else "mail"
