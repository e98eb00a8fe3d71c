"""Walk the hash chains of a store, the audit trail and the outbox, and name the rows that do not continue them.

A walk goes a piece at a time and remembers where it is. After a bad row it goes on from what that row says of itself,
so that one forged row is one finding. Works on any store; reads only.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from shared.clock import format_time
from shared.store.audit import audit_hash
from shared.store.engine import Store
from shared.store.outbox import GENESIS, LANE, envelope_hash, read_head
from shared.store.plumbing import Plumbing

CHECKED_AT_ONCE = 5_000
"""Records that one question checks: a fraction of a second."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not as it must be: where it is, what is wrong, and what was expected and found instead."""

    table: str
    key: str
    problem: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        values = f" (expected {self.expected}, found {self.found})" if self.expected or self.found else ""
        return f"{self.table} {self.key}: {self.problem}{values}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one step read: its rows, and the bad ones among them. Without rows the walk is at the end."""

    rows: list[dict[str, Any]]
    bad: list[BadRow]


class AuditWalk:
    """Walks the audit trail: gap-free, each record chained to the one before."""

    def __init__(self, plumbing: Plumbing) -> None:
        """Begin before the first record."""
        self._table: Table = plumbing.audit
        self.sequence = 0
        self._hash = GENESIS

    def begin_after(self, session: Session, sequence: int) -> None:
        """Go on after a record as it stands: whether it is a good one is for the walk that came to it."""
        known = select(self._table.c.hash).where(self._table.c.sequence == sequence)
        self.sequence, self._hash = sequence, str(session.execute(known).scalar() or GENESIS)

    def step(self, session: Session, limit: int) -> Piece:
        """Read and check up to `limit` records."""
        after = self._table.c.sequence > self.sequence
        found = session.execute(select(self._table).where(after).order_by(self._table.c.sequence).limit(limit))
        piece = Piece([dict(row._mapping) for row in found], [])
        for row in piece.rows:
            key = f"sequence={row['sequence']}"
            if row["sequence"] != self.sequence + 1:
                piece.bad.append(_gap("audit", key, self.sequence + 1, row["sequence"]))
            content = {name: value for name, value in row.items() if name not in ("at", "hash")}
            expected = audit_hash(self._hash, content, format_time(row["at"]))
            if expected != row["hash"]:
                piece.bad.append(_unchained("audit", key, expected, row["hash"]))
            self.sequence, self._hash = row["sequence"], row["hash"]
        return piece


def check_audit(session: Session, *, after: int, limit: int) -> dict[str, Any]:
    """Check up to `limit` records of the trail from after one on: how many, which are bad, and where to go on."""
    store: Store = session.info["store"]
    walk = AuditWalk(store.plumbing)
    if after:
        walk.begin_after(session, after)
    piece = walk.step(session, limit)
    bad = [{"key": one.key, "problem": one.problem, "expected": one.expected, "found": one.found} for one in piece.bad]
    return {"checked": len(piece.rows), "bad": bad, "next": walk.sequence if len(piece.rows) == limit else None}


class OutboxWalk:
    """Walks the facts that are still kept: gap-free, each chained to the one before, ending in the head row."""

    def __init__(self, plumbing: Plumbing) -> None:
        """Begin before the oldest fact that is kept."""
        self._plumbing = plumbing
        self._table: Table = plumbing.outbox
        self.sequence = 0
        self._hash: str | None = GENESIS
        self._begun = False

    def step(self, session: Session, limit: int) -> Piece:
        """Read and check up to `limit` facts; the rows have `sequence` and the envelope as `fact`."""
        table = self._table
        wanted = select(table).where(table.c.lane == LANE, table.c.sequence > self.sequence)
        found = [dict(row._mapping) for row in session.execute(wanted.order_by(table.c.sequence).limit(limit))]
        if found and not self._begun:
            self._begun = True
            if found[0]["sequence"] > 1:  # older facts are no longer kept, so nothing tells what the first continues
                self.sequence, self._hash = found[0]["sequence"] - 1, None
        piece = Piece([], [])
        for row in found:
            piece.rows.append({"sequence": row["sequence"], "fact": self._check(row, piece.bad)})
        return piece

    def _check(self, row: dict[str, Any], bad: list[BadRow]) -> dict[str, Any]:
        key = f"lane={row['lane']} sequence={row['sequence']}"
        if row["sequence"] != self.sequence + 1:
            bad.append(_gap("outbox", key, self.sequence + 1, row["sequence"]))
        self.sequence = row["sequence"]
        fact = _read_object(row["envelope"])
        if fact is None:
            bad.append(BadRow("outbox", key, "the envelope is no JSON object"))
            self._hash = None
            return {}
        bad.extend(
            BadRow("outbox", key, f"{name} differs from the envelope's", str(fact.get(name)), str(row[name]))
            for name in ("lane", "epoch", "sequence", "type")
            if fact.get(name) != row[name]
        )
        if self._hash is not None and fact.get("previoushash") != self._hash:
            bad.append(_unchained("outbox", key, self._hash, str(fact.get("previoushash")), "previous hash"))
        expected = envelope_hash(fact)
        if expected != fact.get("hash"):
            bad.append(_unchained("outbox", key, expected, str(fact.get("hash"))))
        self._hash = fact.get("hash")
        return fact

    def check_head(self, session: Session) -> list[BadRow]:
        """Compare the head row with the last fact; only when the walk is at the end, in the same snapshot."""
        head = read_head(session, self._plumbing)
        key = f"lane={LANE}"
        if not self._begun:
            return []  # nothing is kept, so nothing tells what the head should be
        if head.sequence != self.sequence:
            return [BadRow("stream_head", key, "is not at the last fact", str(self.sequence), str(head.sequence))]
        if self._hash is not None and head.hash != self._hash:
            return [_unchained("stream_head", key, self._hash, head.hash)]
        return []


def check_cursor(session: Session, consumer: str, cursor: dict[str, Any]) -> list[BadRow]:
    """Compare a publisher's store with the last fact that a consumer applied: it was told, so it must still be there.

    That is the ledger's anchor where there is no file, and a second one where there is.
    """
    store: Store = session.info["store"]
    sequence, head = cursor["sequence"], read_head(session, store.plumbing)
    if sequence > head.sequence:
        problem = f"is behind what {consumer} has applied"
        return [BadRow("stream_head", f"lane={LANE}", problem, f"sequence {sequence}", f"sequence {head.sequence}")]
    table = store.plumbing.outbox
    wanted = select(table.c.envelope).where(table.c.lane == cursor["lane"], table.c.sequence == sequence)
    envelope = session.execute(wanted).scalar()
    found = (_read_object(envelope) or {}).get("hash") if envelope is not None else cursor["hash"]
    if found != cursor["hash"]:
        problem = f"is another fact than the one that {consumer} applied"
        return [BadRow("outbox", f"lane={LANE} sequence={sequence}", problem, cursor["hash"], str(found))]
    return []


def _read_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _gap(table: str, key: str, expected: int, found: int) -> BadRow:
    return BadRow(table, key, "rows are missing before this one", f"sequence {expected}", f"sequence {found}")


def _unchained(table: str, key: str, expected: str, found: str, what: str = "hash") -> BadRow:
    return BadRow(table, key, f"the {what} does not fit the content and the row before", expected, found)
