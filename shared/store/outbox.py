"""The outbox: facts are written in the transaction of what they tell, numbered without gaps and chained by hash."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlmodel import Session

from shared.clock import format_time, now
from shared.contracts.envelope import Fact
from shared.observability.context import current_request_id, current_traceparent
from shared.store.canonical import canonical_json
from shared.store.engine import Store, ring_after_commit
from shared.store.plumbing import Plumbing
from shared.store.statements import Prepared, insert_into

LANE = 0
"""The only lane for now; it is in every contract so that accounts can be spread over several later."""

GENESIS = "0" * 64
_HEAD_HELD = "head_held"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest fact of a lane. An epoch begins at 1; a restore starts the next one at `parent_sequence`."""

    lane: int = LANE
    epoch: int = 1
    parent_sequence: int = 0
    sequence: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the request it came from."""

    fact: Fact
    request_id: str | None = None
    traceparent: str | None = None


OutboxRow = tuple[int, int, int, str, str, str]
OUTBOX_COLUMNS = ("lane", "sequence", "epoch", "type", "envelope", "created_at")


def chain_facts(head: Head, told: Sequence[Told], *, service: str, at: datetime) -> tuple[list[OutboxRow], Head]:
    """Number and chain facts after a head; gives the outbox rows (`OUTBOX_COLUMNS`) and the new head. Pure.

    The envelope is canonical JSON, so its keys are sorted: what comes before `hash` and what comes after are written
    once each, and serve both for the hash and for the text that is kept.
    """
    rows: list[OutboxRow] = []
    sequence, previous = head.sequence, head.hash
    time = format_time(at)
    for one in told:
        sequence += 1
        fact = one.fact
        before = canonical_json(
            {"data": fact.model_dump(mode="json"), "datacontenttype": "application/json", "epoch": head.epoch}
        )[:-1]
        after = canonical_json(
            {
                "id": f"{service}/{head.lane}/{head.epoch}/{sequence}",
                "lane": head.lane,
                "previoushash": previous,
                "requestid": one.request_id,
                "sequence": sequence,
                "source": f"bank.{service}",
                "specversion": "1.0",
                "subject": fact.subject,
                "time": time,
                "traceparent": one.traceparent,
                "type": fact.type,
            }
        )[1:]
        previous = sha256(b"%b,%b" % (before, after)).hexdigest()
        envelope = b'%b,"hash":"%b",%b' % (before, previous.encode(), after)
        rows.append((head.lane, sequence, head.epoch, fact.type, envelope.decode(), time))
    return rows, Head(head.lane, head.epoch, head.parent_sequence, sequence, previous)


def envelope_hash(envelope: dict[str, Any]) -> str:
    """Give SHA-256 over the canonical envelope without its own hash; it holds the previous hash, so it chains."""
    rest = {name: value for name, value in envelope.items() if name != "hash"}
    return sha256(canonical_json(rest)).hexdigest()


@cache
def _newest(table: Table) -> Prepared:
    columns = (table.c.lane, table.c.epoch, table.c.parent_sequence, table.c.sequence, table.c.hash)
    return Prepared(select(*columns).where(table.c.lane == bindparam("lane")), ["lane"])


def read_head(session: Session, plumbing: Plumbing) -> Head:
    """Read the head row of the lane; a store that never told anything has the genesis head."""
    found = _newest(plumbing.stream_head).read(session, LANE)
    return Head(*found[0]) if found else Head()


@cache
def _move(table: Table) -> Prepared:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("epoch", "sequence", "hash")}
    moved = update(table).where(table.c.lane == bindparam("which")).values(values)
    return Prepared(moved, [*(f"new_{name}" for name in values), "which"])


def hold_head(session: Session) -> None:
    """Lock the head of the lane until the transaction ends: taken last, before facts and audit records are numbered.

    On PostgreSQL the row's lock puts those who number in one order, and is made if nothing was ever told. SQLite has
    one writer anyway.
    """
    store: Store = session.info["store"]
    if store.is_sqlite or session.info.get(_HEAD_HELD):
        return
    table = store.plumbing.stream_head
    held = select(table.c.lane).where(table.c.lane == LANE).with_for_update()
    if session.execute(held).first() is None:
        first = {**asdict(Head()), "lane": LANE}
        session.execute(postgres_insert(table).values(first).on_conflict_do_nothing())
        session.execute(held)
    session.info[_HEAD_HELD] = True


@cache
def _append(outbox: Table) -> Prepared:
    return insert_into(outbox, OUTBOX_COLUMNS)


def write_facts(session: Session, plumbing: Plumbing, head: Head, rows: Sequence[OutboxRow]) -> None:
    """Write chained rows and the head they end in; wakes the relay after the commit."""
    table = plumbing.stream_head
    if _move(table).run(session, [(head.epoch, head.sequence, head.hash, head.lane)]) == 0:
        session.execute(insert(table), [asdict(head)])
    _append(plumbing.outbox).run(session, rows)
    ring_after_commit(session)


def append_facts(session: Session, *facts: Fact) -> None:
    """Tell facts in the current write transaction, in this order."""
    if not facts:
        return
    hold_head(session)
    store: Store = session.info["store"]
    request_id, traceparent = current_request_id(), current_traceparent()
    told = [Told(fact, request_id, traceparent) for fact in facts]
    rows, head = chain_facts(read_head(session, store.plumbing), told, service=store.service, at=now())
    write_facts(session, store.plumbing, head, rows)
