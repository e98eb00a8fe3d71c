"""Whether each entry has its counterpart elsewhere: its record in the audit trail, its fact, its kept answer.

Every command that books has a key, those of jobs too (a contract's is its version), and answers with what it booked.
Both sides are read in the order in which they were written, so few of either wait for the other at any time.
"""

import json
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy import tuple_ as row_of
from sqlmodel import Session

from services.transactions.domain.approval import EXECUTED
from services.transactions.store.ledger_store import ENTRIES
from services.transactions.store.tables import PLUMBING
from shared.store.chains import BadRow
from shared.store.outbox import read_head

_KEYS = PLUMBING.idempotency


class Matching:
    """Pairs entries with what tells of them; entries up to `not_before` are older than what is kept."""

    def __init__(self, table: str, what: str, *, not_before: int = 0) -> None:
        """Name the other table and what one of its rows is to an entry."""
        self._table = table
        self._what = what
        self._not_before = not_before
        self._entries: dict[str, int] = {}
        self.told: dict[str, str] = {}

    def entry(self, entry_id: str, sequence: int) -> None:
        """Take an entry in."""
        if self.told.pop(entry_id, None) is None and sequence > self._not_before:
            self._entries[entry_id] = sequence

    def tell(self, entry_id: str, key: str) -> None:
        """Take in that a row of the other table tells of an entry."""
        if self._entries.pop(entry_id, None) is None:
            self.told[entry_id] = key

    def leftovers(self, limit: int) -> list[BadRow]:
        """Give what found no counterpart, once both sides were read to their end in one snapshot."""
        untold = sorted((sequence, entry_id) for entry_id, sequence in self._entries.items())
        bad = [
            BadRow("journal_entries", f"sequence={sequence}", f"has no {self._what}", "one", "none")
            for sequence, _ in untold[:limit]
        ]
        problem = "names an entry that does not exist, or that another row names, too"
        bad += [BadRow(self._table, key, problem, "an entry", entry) for entry, key in list(self.told.items())[:limit]]
        return bad


def audited_entries(record: dict[str, Any]) -> list[str]:
    """Give the ids of the entries that an audit record stands for."""
    if record["subject_type"] == "entry":
        return [record["subject_id"]]
    after = record["after"]
    booked = after.get("booked") if isinstance(after, dict) else None
    return [str(one) for one in booked] if isinstance(booked, list) else []


def answered_entries(status: int, body: str) -> list[str]:
    """Give the ids of the entries that a kept answer says were booked: shown whole, or as an approved command's end."""
    try:
        answer = json.loads(body)
    except ValueError:
        return []
    if not isinstance(answer, dict):
        return []
    if status == 200 and answer.get("status") == EXECUTED:
        outcome = answer.get("outcome")
        return [str(outcome["id"])] if isinstance(outcome, dict) and "id" in outcome else []
    if status == 200 and isinstance(answer.get("booked"), list):
        return [str(one) for one in answer["booked"]]  # a contract with its opening deposit, payout or last interest
    if status != 201:
        return []
    shown = [answer, answer.get("transaction"), *(one.get("transaction") for one in answer.get("results") or ())]
    return [str(one["id"]) for one in shown if isinstance(one, dict) and "postings" in one]


def first_told(session: Session) -> int:
    """Give the sequence of the last entry whose fact is no longer kept: 0 while all are."""
    outbox = PLUMBING.outbox
    oldest = session.execute(select(func.min(outbox.c.sequence))).scalar()
    if oldest == 1 or (oldest is None and read_head(session, PLUMBING).sequence == 0):
        return 0
    with session.execute(select(outbox.c.envelope).order_by(outbox.c.sequence)).yield_per(100) as envelopes:
        named = (json.loads(envelope)["data"].get("entry_id") for (envelope,) in envelopes)
        oldest_named = next((one for one in named if one is not None), "")
    return _before(session, [oldest_named])


def first_answered(session: Session) -> int:
    """Give the sequence of the last entry whose answer is no longer kept: 0 while all are."""
    moments = select(_KEYS.c.created_at).order_by(_KEYS.c.created_at).distinct().execution_options(yield_per=10)
    named: list[str] = []
    with session.execute(moments).scalars() as oldest_first:
        for moment in oldest_first:
            kept = session.execute(select(_KEYS.c.status, _KEYS.c.body).where(_KEYS.c.created_at == moment)).all()
            named = [entry_id for status, body in kept for entry_id in answered_entries(status, body)]
            if named:
                break
    return _before(session, named)


def _before(session: Session, entry_ids: list[str]) -> int:
    known = session.execute(select(func.min(ENTRIES.c.sequence)).where(ENTRIES.c.id.in_(entry_ids))).scalar()
    newest = session.execute(select(func.max(ENTRIES.c.sequence))).scalar() or 0
    return newest if known is None else int(known) - 1


class KeysWalk:
    """Walks the kept answers in the order in which they were kept; those of one moment by their key."""

    def __init__(self) -> None:
        """Begin before the oldest."""
        self._last: tuple[Any, ...] | None = None

    def step(self, session: Session, limit: int) -> list[tuple[str, int, str]]:
        """Give key, status and body of up to `limit` answers."""
        order = (_KEYS.c.created_at, _KEYS.c.principal, _KEYS.c.route, _KEYS.c.key)
        query = select(*order, _KEYS.c.status, _KEYS.c.body).order_by(*order).limit(limit)
        if self._last is not None:
            last = (literal(value, column.type) for value, column in zip(self._last, order, strict=True))
            query = query.where(row_of(*order) > row_of(*last))
        found = session.execute(query).all()
        if found:
            self._last = tuple(found[-1][:4])
        return [(f"route={row.route!r} key={row.key!r}", row.status, row.body) for row in found]
