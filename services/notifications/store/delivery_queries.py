"""Reading deliveries."""

import json
from collections.abc import Sequence

from sqlmodel import Session, col, select

from services.notifications.domain.dead_letter import DeadLetter, LetterKind
from services.notifications.domain.delivery import SERVER_DOWN, State
from services.notifications.store.tables import DeliveryRow
from shared.store.dead_letter_queries import is_parked_fact, parked_facts


def waits_for_server(session: Session) -> bool:
    """Tell whether any mail only waits for the mail server to be back."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.state == "queued", DeliveryRow.last_error == SERVER_DOWN)
    return session.exec(waiting.limit(1)).first() is not None


def list_deliveries(session: Session, *, state: State | None, after: str | None, limit: int) -> Sequence[DeliveryRow]:
    """Give up to `limit` mails, newest first, from below the id `after`."""
    wanted = select(DeliveryRow)
    if state is not None:
        wanted = wanted.where(DeliveryRow.state == state)
    if after is not None:
        wanted = wanted.where(DeliveryRow.id < after)
    return session.exec(wanted.order_by(col(DeliveryRow.id).desc()).limit(limit)).all()


def list_dead_letters(session: Session, *, after: str | None, limit: int) -> list[DeadLetter]:
    """Give up to `limit` facts and mails of this service that wait for a person, from below the id `after`."""
    parked = parked_facts(session, below=after, limit=limit)
    mails = list_deliveries(session, state="failed", after=after, limit=limit)
    found = [
        DeadLetter(one.id, "notifications", "fact", one.type, one.error, one.created_at, json.loads(one.envelope))
        for one in parked
    ]
    found += [
        DeadLetter(mail.id, "notifications", "mail", mail.template, mail.last_error, mail.created_at) for mail in mails
    ]
    return found


def kind_of_letter(session: Session, *, letter_id: str) -> LetterKind | None:
    """Tell what an id of a dead letter stands for here: a fact, a mail, or nothing."""
    if is_parked_fact(session, letter_id):
        return "fact"
    return None if session.get(DeliveryRow, letter_id) is None else "mail"
