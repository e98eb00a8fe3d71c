"""Standing orders and their occurrences, as rows."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from services.transactions.domain.standing_order import Occurrence, StandingOrder
from services.transactions.store.ledger_store import OWNERS
from services.transactions.store.tables import METADATA
from shared.store.statements import insert_new

ORDERS = METADATA.tables["standing_orders"]
OCCURRENCES = METADATA.tables["order_occurrences"]

_ORDER = [ORDERS.c[name] for name in StandingOrder.__dataclass_fields__]
_OCCURRENCE = [OCCURRENCES.c[name] for name in Occurrence.__dataclass_fields__]
_ADD = insert_new(OCCURRENCES, ["order_id", "nominal_on", "due_on", "state", "tries", "next_try_on"])


def add_order(session: Session, order: StandingOrder) -> None:
    """Keep a new order."""
    session.execute(insert(ORDERS), [asdict(order)])


def find_order(session: Session, order_id: str) -> StandingOrder | None:
    """Give an order by its id."""
    found = session.execute(select(*_ORDER).where(ORDERS.c.id == order_id)).first()
    return StandingOrder(*found) if found else None


def save_order(session: Session, order: StandingOrder, *, expected_version: int) -> bool:
    """Write a changed order; False if somebody changed it meanwhile."""
    mine = update(ORDERS).where(ORDERS.c.id == order.id, ORDERS.c.version == expected_version)
    changed = session.execute(mine.values(**{**asdict(order), "version": expected_version + 1}))
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def list_orders(
    session: Session, *, customer_id: str | None, account_id: str | None, after: str | None, limit: int
) -> list[StandingOrder]:
    """List orders by id: those out of a customer's accounts, or everybody's; perhaps of one account."""
    query = select(*_ORDER).order_by(ORDERS.c.id).limit(limit)
    if customer_id is not None:
        mine = select(OWNERS.c.account_id).where(OWNERS.c.customer_id == customer_id)
        query = query.where(ORDERS.c.account_id.in_(mine))
    if account_id is not None:
        query = query.where(ORDERS.c.account_id == account_id)
    if after is not None:
        query = query.where(ORDERS.c.id > after)
    return [StandingOrder(*row) for row in session.execute(query)]


def due_orders(session: Session, day: date, *, limit: int) -> list[StandingOrder]:
    """Give active orders whose next occurrence is due."""
    query = select(*_ORDER).where(ORDERS.c.status == "active", ORDERS.c.next_due_on <= day)
    return [StandingOrder(*row) for row in session.execute(query.order_by(ORDERS.c.id).limit(limit))]


def orders_due_between(session: Session, first: date, last: date, *, after: str, limit: int) -> list[StandingOrder]:
    """Give active orders whose next occurrence is due on one of these days, by id, behind the id `after`."""
    query = select(*_ORDER).where(
        ORDERS.c.status == "active", ORDERS.c.next_due_on.between(first, last), ORDERS.c.id > after
    )
    return [StandingOrder(*row) for row in session.execute(query.order_by(ORDERS.c.id).limit(limit))]


def count_open_orders(session: Session, account_ids: Collection[str]) -> dict[str, int]:
    """Count the orders of accounts that may still come about; an account without one is not there."""
    query = select(ORDERS.c.account_id, func.count()).where(
        ORDERS.c.account_id.in_(account_ids), ORDERS.c.status.in_(("active", "paused"))
    )
    return {row[0]: int(row[1]) for row in session.execute(query.group_by(ORDERS.c.account_id))}


def add_occurrences(session: Session, occurrences: Sequence[Occurrence]) -> int:
    """Write occurrences; one that is there already stays as it is."""
    return _ADD.run(
        session,
        [
            (one.order_id, one.nominal_on.isoformat(), one.due_on.isoformat(), one.state, one.tries,
             one.next_try_on.isoformat())
            for one in occurrences
        ],
    )  # fmt: skip


def occurrences_to_try(session: Session, day: date, *, limit: int) -> list[tuple[Occurrence, StandingOrder]]:
    """Give the occurrences that are to be tried on a day, each with its order."""
    query = (
        select(*_OCCURRENCE)
        .where(OCCURRENCES.c.state == "due", OCCURRENCES.c.next_try_on <= day)
        .order_by(OCCURRENCES.c.order_id, OCCURRENCES.c.nominal_on)
        .limit(limit)
    )
    found = [Occurrence(*row) for row in session.execute(query)]
    ids = {one.order_id for one in found}
    orders = {row.id: StandingOrder(*row) for row in session.execute(select(*_ORDER).where(ORDERS.c.id.in_(ids)))}
    return [(one, orders[one.order_id]) for one in found]


def note_try(session: Session, before: Occurrence, now: Occurrence) -> bool:
    """Write what became of a try; False if somebody noted it already."""
    mine = update(OCCURRENCES).where(
        OCCURRENCES.c.order_id == before.order_id,
        OCCURRENCES.c.nominal_on == before.nominal_on,
        OCCURRENCES.c.state == "due",
        OCCURRENCES.c.tries == before.tries,
    )
    return bool(session.execute(mine.values(**asdict(now))).rowcount)  # type: ignore[attr-defined]


def occurrences_of(session: Session, order_id: str, *, limit: int) -> list[Occurrence]:
    """Give the occurrences of an order, the newest first."""
    query = select(*_OCCURRENCE).where(OCCURRENCES.c.order_id == order_id)
    newest = query.order_by(OCCURRENCES.c.nominal_on.desc()).limit(limit)
    return [Occurrence(*row) for row in session.execute(newest)]
