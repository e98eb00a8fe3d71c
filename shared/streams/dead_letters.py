"""Facts that a service could not accept: kept beside the cursor, replayed by a person, once."""

from collections.abc import Callable, Iterable

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.errors import Conflict, NotFound
from shared.ids import new_id
from shared.observability.context import request_context
from shared.store.dead_letter_queries import QUEUED, REPLAYED
from shared.store.engine import Store
from shared.streams.subscription import FactUnreadable, Handler, Subscription


class DeadLetterNotFound(NotFound):
    """There is no dead letter of this id."""

    code = "streams.dead-letter-not-found"
    title = "No such dead letter"
    next_step = "List the dead letters again."


class DeadLetterWithoutHandler(Conflict):
    """The service no longer reacts to facts of this type."""

    code = "streams.dead-letter-without-handler"
    title = "Nothing reacts to this fact"
    next_step = "Nothing needs to be done: this fact has no effect any more."


class FactStillUnreadable(Conflict):
    """The fact still does not fit its contract, so it has no effect."""

    code = "streams.fact-still-unreadable"
    title = "The fact still cannot be read"
    next_step = "Mend its publisher or the contract, then replay it again."


def bury_fact(session: Session, publisher: str, envelope: Envelope, error: str) -> None:
    """Write a fact to the dead letters in the transaction that moves the cursor past it; never twice."""
    table = session.info["store"].plumbing.dead_letters
    place = {"publisher": publisher, "lane": envelope.lane, "epoch": envelope.epoch, "sequence": envelope.sequence}
    if session.execute(select(table.c.id).where(*(table.c[name] == value for name, value in place.items()))).first():
        return
    row = {
        "id": new_id(),
        **place,
        "type": envelope.type,
        "envelope": envelope.model_dump_json(),
        "error": error[:500],
        "state": QUEUED,
        "created_at": now(),
    }
    session.execute(insert(table), [row])


def count_dead_letters(session: Session) -> int:
    """Count the dead letters that wait for a person."""
    table = session.info["store"].plumbing.dead_letters
    return int(session.execute(select(func.count()).select_from(table).where(table.c.state == QUEUED)).scalar() or 0)


def replay_dead_letter(store: Store, subscriptions: Iterable[Subscription], dead_letter_id: str) -> bool:
    """Apply a dead letter now, past the cursor; False when it was replayed before.

    A refusal passes to the caller and leaves the letter queued.

    :raises DeadLetterNotFound: if there is none of this id
    :raises DeadLetterWithoutHandler: if nothing reacts to its type
    :raises FactUnreadable: if its data still does not fit the contract
    """
    table = store.plumbing.dead_letters
    with store.read() as session:
        query = select(table.c.publisher, table.c.type, table.c.envelope, table.c.state)
        found = session.execute(query.where(table.c.id == dead_letter_id)).first()
    if found is None:
        raise DeadLetterNotFound()
    publisher, fact_type, text, state = found
    if state != QUEUED:
        return False
    handler = _handler(subscriptions, publisher, fact_type)
    envelope = Envelope.model_validate_json(text)
    with request_context(request_id=envelope.requestid, traceparent=envelope.traceparent):
        fact = handler.read(envelope)
        if handler.submit:
            handler.submit(fact, envelope)
        with store.write() as session:
            # The row's state is what keeps a second replay out, so it changes first, in the transaction of the effect.
            changed = session.execute(
                update(table)
                .where(table.c.id == dead_letter_id, table.c.state == QUEUED)
                .values(state=REPLAYED, replayed_at=now())
            )
            if changed.rowcount == 0:  # type: ignore[attr-defined]
                return False
            if handler.consume:
                handler.consume(session, fact, envelope)
    return True


def replayer(subscriptions: Iterable[Subscription]) -> Callable[[Store, str], bool]:
    """Make what a service's API replays with; a fact that cannot be read is a refusal there."""

    def replay(store: Store, dead_letter_id: str) -> bool:
        try:
            return replay_dead_letter(store, subscriptions, dead_letter_id)
        except FactUnreadable as wrong:
            raise FactStillUnreadable(str(wrong)) from wrong

    return replay


def _handler(subscriptions: Iterable[Subscription], publisher: str, fact_type: str) -> Handler:
    for subscription in subscriptions:
        if subscription.publisher == publisher and fact_type in subscription.handlers:
            return subscription.handlers[fact_type]
    raise DeadLetterWithoutHandler()
