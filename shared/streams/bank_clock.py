"""What each service does with the fact that the sandbox's clock moved: keep it, and let its own time follow."""

from typing import Any

from sqlmodel import Session

from shared.clock import advance_bank_offset
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import ClockMoved
from shared.store.bank_clock import keep_offset
from shared.store.engine import after_commit
from shared.streams.subscription import Handler


def consume(session: Session, fact: ClockMoved, envelope: Envelope) -> None:
    """Keep how far the clock stands ahead; told late or twice, it does not go back."""
    _take(session, fact.offset_seconds)


def take_snapshot(session: Session, snapshot: dict[str, Any]) -> None:
    """Keep where the clock stood in a publisher's snapshot: the fact that said so is no longer kept."""
    _take(session, int(snapshot.get("clock_offset_seconds") or 0))


def _take(session: Session, seconds: int) -> None:
    if seconds and keep_offset(session, session.info["store"].plumbing.bank_clock, seconds):
        after_commit(session, lambda: advance_bank_offset(seconds))


CLOCK_MOVED = {ClockMoved.type: Handler(ClockMoved, consume)}
"""Part of what a service hears of `transactions`."""
