"""One pass over the whole ledger that checks every invariant, a piece at a time.

`verify` runs it to the end within one read transaction. The running bank takes a piece now and then, each in a short
transaction of its own (booked rows never change), and asks at the end what must hold between them in one snapshot; then
it goes on with what was booked since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlmodel import Session

from services.transactions.domain.invariants import INVARIANTS
from services.transactions.store.anchor import AnchorPoint
from services.transactions.store.balance_checks import FULL_CHECKS, SHOWN, STATE_CHECKS
from services.transactions.store.journal_checks import JOURNAL_CHECKS, Window
from services.transactions.store.journal_walk import JournalWalk
from services.transactions.store.ledger_store import ENTRIES
from services.transactions.store.matching import (
    KeysWalk,
    Matching,
    answered_entries,
    audited_entries,
    first_answered,
    first_told,
)
from services.transactions.store.start_checks import compare_with_anchor
from services.transactions.store.tables import PLUMBING
from shared.store.chains import AuditWalk, BadRow, OutboxWalk

FIRST = 5
"""How many bad rows are kept of each invariant; all are counted."""

AHEAD = 20_000
"""How many rows that tell of entries may wait for the journal's walk to come by."""


@dataclass(slots=True)
class Tally:
    """What a pass found against one invariant."""

    count: int = 0
    first: list[BadRow] = field(default_factory=list)

    def add(self, rows: Iterable[BadRow]) -> None:
        """Count bad rows and keep the first."""
        for row in rows:
            self.count += 1
            if len(self.first) < FIRST:
                self.first.append(row)


class _Tallies(dict[str, Tally]):
    def __missing__(self, name: str) -> Tally:
        self[name] = Tally()
        return self[name]


class Proof:
    """A pass: `step` until it gives False, then `judge` in that same session; both again when more was booked."""

    def __init__(self, session: Session) -> None:
        """Begin before the first row; the session tells what is no longer kept."""
        self._journal = JournalWalk()
        self._audit = AuditWalk(PLUMBING)
        self._outbox = OutboxWalk(PLUMBING)
        self._keys = KeysWalk()
        self._audited = Matching("audit", "record in the audit trail")
        self._told = Matching("outbox", "fact in the outbox", not_before=first_told(session))
        self._answered = Matching("idempotency", "kept answer", not_before=first_answered(session))
        self._answers = 0
        self._of_rows = _Tallies()
        self._of_state = _Tallies()
        self._of_all = _Tallies()
        self.complete = False

    def step(self, session: Session, size: int) -> bool:
        """Take a piece of at most `size` rows of each table; False when the end of each was reached."""
        more = [self._step_journal(session, size)]
        for matching, take in (
            (self._audited, self._step_audit),
            (self._told, self._step_outbox),
            (self._answered, self._step_keys),
        ):
            more.append(len(matching.told) >= AHEAD or take(session, size))
        # One that waited for the journal in vain goes on: what it tells of does not exist.
        if not more[0] and any(more):
            more[1:] = [
                self._step_audit(session, size),
                self._step_outbox(session, size),
                self._step_keys(session, size),
            ]
        return any(more)

    def _step_journal(self, session: Session, size: int) -> bool:
        after = self._journal.sequence
        entries, bad = self._journal.step(session, size)
        for invariant, row in bad:
            self._of_rows[invariant].add([row])
        for one in entries:
            self._audited.entry(one.entry.id, one.sequence)
            self._told.entry(one.entry.id, one.sequence)
            self._answered.entry(one.entry.id, one.sequence)
        if entries:
            window = Window(after, self._journal.sequence)
            for invariant, check in JOURNAL_CHECKS.items():
                self._of_rows[invariant].add(check(session, window))
        return len(entries) == size

    def _step_audit(self, session: Session, size: int) -> bool:
        piece = self._audit.step(session, size)
        self._of_rows["audit-chained"].add(piece.bad)
        for row in piece.rows:
            for entry_id in audited_entries(row):
                self._audited.tell(entry_id, f"sequence={row['sequence']}")
        return len(piece.rows) == size

    def _step_outbox(self, session: Session, size: int) -> bool:
        piece = self._outbox.step(session, size)
        self._of_rows["outbox-chained"].add(piece.bad)
        for row in piece.rows:
            entry_id = (row["fact"].get("data") or {}).get("entry_id")
            if entry_id is not None:
                self._told.tell(str(entry_id), f"lane=0 sequence={row['sequence']}")
        return len(piece.rows) == size

    def _step_keys(self, session: Session, size: int) -> bool:
        answers = self._keys.step(session, size)
        self._answers += len(answers)
        for key, status, body in answers:
            for entry_id in answered_entries(status, body):
                self._answered.tell(entry_id, key)
        return len(answers) == size

    def judge(self, session: Session, anchor: AnchorPoint | None) -> None:
        """Check what must hold now; in the session in which the last step found nothing left.

        The anchor's point was read before that session began.
        """
        self._of_state = state = _Tallies()
        if not self.complete:
            for invariant, check in FULL_CHECKS:
                self._of_all[invariant].add(check(session))
        for invariant, check in STATE_CHECKS:
            if self.complete:
                self._of_all.pop(invariant, None)  # what the pass over everything found is seen here from now on
            if invariant not in self._of_all:
                state[invariant].add(check(session))
        state["entries-audited"].add(self._audited.leftovers(SHOWN))
        state["entries-told"].add(self._told.leftovers(SHOWN))
        state["answers-true"].add(self._answered.leftovers(SHOWN))
        state["outbox-chained"].add(self._outbox.check_head(session))
        bad = compare_with_anchor(session, anchor)
        state["anchor-in-ledger"].add([bad] if bad else [])
        self.complete = True

    def results(self) -> dict[str, Tally]:
        """Give what was found against each invariant, in the order of the registry."""
        found = _Tallies()
        for invariant in INVARIANTS:
            for part in (self._of_rows, self._of_all, self._of_state):
                if invariant.id in part:
                    found[invariant.id].count += part[invariant.id].count
                    found[invariant.id].first += part[invariant.id].first
            del found[invariant.id].first[FIRST:]
        return dict(found)

    def scopes(self) -> dict[str, str]:
        """Give for each scope of the registry what of it was read."""
        return {
            "journal": f"entries 1 to {self._journal.sequence}",
            "balances": f"all ledger accounts; entries 1 to {self._journal.sequence}",
            "holds": "all holds",
            "audit": f"records 1 to {self._audit.sequence}",
            "outbox": f"facts up to {self._outbox.sequence}, as far back as they are kept",
            "keys": f"{self._answers} kept answers",
            "anchor": "the anchor and its entry",
        }

    @property
    def done(self) -> int:
        """Give how many entries were read."""
        return self._journal.sequence


def size_of(session: Session) -> int:
    """Give how many entries there are to read."""
    return int(session.execute(select(func.max(ENTRIES.c.sequence))).scalar() or 0)
