"""Check the ledger's invariants while the bank runs: a thread of the API's process, which only reads.

A pass over everything goes a piece at a time, in short transactions with long rests, so that it takes a small share of
one core whatever the ledger's size. Once it has ended it is kept up: every few seconds it goes on with what was booked
since and asks what must hold between balances, holds and postings now, while the next pass begins with the first entry.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from prometheus_client import Counter, Gauge

from services.transactions.domain.invariants import INVARIANTS
from services.transactions.store.proof import Proof, Tally
from services.transactions.store.start_checks import anchor_of
from shared.clock import now
from shared.store.engine import Store

_log = structlog.get_logger("bank.ledger.invariants")

VIOLATIONS = Counter("bank_invariant_violations_total", "Rows found that break an invariant of the ledger", ["id"])
CHECKED = Gauge("bank_invariants_checked_timestamp_seconds", "When the ledger's invariants were last checked")

_PIECE = 200
"""Rows of each table in one transaction."""

_REST = 19
"""Rests so many times as long as it worked: at most 5 % of one core."""

_LONGEST_REST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the last check found. Before the first pass has ended, `checked_at` is None and nothing is known."""

    checked_at: datetime | None = None
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)


class InvariantWatch:
    """Checks again and again; `report` is what it found last."""

    def __init__(self, store: Store, *, every_seconds: float, anew_seconds: float) -> None:
        """Name the store, how often to look, and how often a pass begins with the first entry again."""
        self._store = store
        self._every_seconds = every_seconds
        self._anew_seconds = anew_seconds
        self._kept_up: Proof | None = None
        self._passing: Proof | None = None
        self._passed_at = 0.0
        self._looked_at = 0.0
        self._counted: dict[str, int] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.report = Report()
        for invariant in INVARIANTS:
            VIOLATIONS.labels(invariant.id)  # a series that is there can be seen to stay at zero

    def start(self) -> None:
        """Begin to check; 0 seconds means never."""
        if self._every_seconds > 0:
            self._thread = threading.Thread(target=self._run, name="invariants", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the piece at hand."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                worked = self.look() or self.take_piece()
            except Exception as broken:  # noqa: BLE001 (a store that is away now is asked again)
                _log.warning("invariants.not-checked", fault=type(broken).__name__)
                self._kept_up = self._passing = None  # a piece may be half taken: begin anew
                worked = False
            rest = min(_REST * (time.monotonic() - began), _LONGEST_REST_SECONDS)
            self._stopping.wait(rest if worked else max(rest, self._every_seconds / 2))

    def look(self) -> bool:
        """Take a piece of what was booked since, if it is time to; False if not, or if no pass has ended yet."""
        if self._kept_up is None or time.monotonic() - self._looked_at < self._every_seconds:
            return False
        self._take(self._kept_up)
        return True

    def take_piece(self) -> bool:
        """Take a piece of the pass over everything; False if none is due."""
        if self._passing is None:
            if self._kept_up is not None and time.monotonic() - self._passed_at < self._anew_seconds:
                return False
            with self._store.read() as session:
                self._passing = Proof(session)
        if self._take(self._passing):
            self._kept_up, self._passing = self._passing, None
            self._passed_at = time.monotonic()
        return True

    def _take(self, proof: Proof) -> bool:
        """Take a piece; at the end of what there is, judge and report."""
        anchor = anchor_of(self._store)
        point = anchor.read() if anchor else None
        with self._store.read() as session:
            if proof.step(session, _PIECE):
                return False
            proof.judge(session, point)
        self._looked_at = time.monotonic()
        self._tell(proof)
        return True

    def _tell(self, proof: Proof) -> None:
        found, moment = proof.results(), now()
        for name, tally in found.items():
            new = tally.count - self._counted.get(name, 0)
            if new > 0:
                VIOLATIONS.labels(name).inc(new)
                _log.error("invariant.violated", id=name, violations=tally.count, first=str(tally.first[0]))
        self._counted = {name: tally.count for name, tally in found.items()}
        self.report = Report(moment, found, proof.scopes())
        CHECKED.set(moment.timestamp())
