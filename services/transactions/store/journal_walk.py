"""Walk the journal in order and check what only the order shows: the chain, the gaps, the days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry, Posting
from services.transactions.store.ledger_queries import entry_of, posting_of
from services.transactions.store.ledger_store import ENTRIES, POSTINGS, entry_hash
from shared.store.chains import BadRow
from shared.store.outbox import GENESIS

CHAINED = "entries-chained"
GAP_FREE = "sequence-gap-free"
DAYS = "business-days-in-order"


@dataclass(frozen=True, slots=True)
class Chained:
    """An entry as it stands in the journal."""

    sequence: int
    hash: str
    entry: JournalEntry


def read_journal(session: Session, *, after: int, limit: int) -> list[Chained]:
    """Give up to `limit` entries after a sequence, in order, with their postings."""
    rows = session.execute(
        select(ENTRIES).where(ENTRIES.c.sequence > after).order_by(ENTRIES.c.sequence).limit(limit)
    ).all()
    if not rows:
        return []
    legs: dict[int, list[Posting]] = {row.sequence: [] for row in rows}
    between = POSTINGS.c.entry_sequence.between(rows[0].sequence, rows[-1].sequence)
    for leg in session.execute(select(POSTINGS).where(between).order_by(POSTINGS.c.entry_sequence, POSTINGS.c.leg)):
        if leg.entry_sequence in legs:
            legs[leg.entry_sequence].append(posting_of(leg))
    return [Chained(row.sequence, row.hash, entry_of(row, tuple(legs[row.sequence]))) for row in rows]


class JournalWalk:
    """Walks all entries a piece at a time; after a bad row it goes on from what that row says of itself."""

    def __init__(self, *, sequence: int = 0, hash_before: str = GENESIS) -> None:
        """Begin after a sequence whose hash is known; by default before the first entry."""
        self.sequence = sequence
        self._hash = hash_before
        self._day: date | None = None

    def step(self, session: Session, limit: int) -> tuple[list[Chained], list[tuple[str, BadRow]]]:
        """Read up to `limit` entries; gives them, and each bad row with the invariant that it breaks."""
        found = read_journal(session, after=self.sequence, limit=limit)
        bad: list[tuple[str, BadRow]] = []
        for one in found:
            key = f"sequence={one.sequence}"
            if one.sequence != self.sequence + 1:
                gap = BadRow(
                    "journal_entries",
                    key,
                    "entries are missing before this one",
                    f"sequence {self.sequence + 1}",
                    f"sequence {one.sequence}",
                )
                bad.append((GAP_FREE, gap))
            expected = entry_hash(self._hash, one.entry)
            if expected != one.hash:
                problem = "the hash does not fit the entry, its postings and the entry before"
                bad.append((CHAINED, BadRow("journal_entries", key, problem, expected, one.hash)))
            day = one.entry.business_date
            if self._day is not None and day < self._day:
                problem = "the business date is before that of the entry before"
                bad.append((DAYS, BadRow("journal_entries", key, problem, f"{self._day} or later", str(day))))
            self.sequence, self._hash, self._day = one.sequence, one.hash, max(day, self._day or day)
        return found, bad
