"""What the ledger's processes check before they begin: the store is the one that was answered from, and unharmed."""

from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from services.transactions.store.anchor import Anchor, AnchorPoint, anchor_path
from services.transactions.store.journal_walk import JournalWalk
from services.transactions.store.ledger_store import ENTRIES, last_entry
from services.transactions.store.tables import PLUMBING
from shared.errors import FaultAtStart
from shared.store.chains import BadRow
from shared.store.engine import Store
from shared.store.outbox import GENESIS
from shared.store.schema import check_version

CHECKED_ENTRIES = 1000
"""How many of the newest entries are checked at every start; `strongroom verify` checks all."""

_WAY_OUT = "Bring back the newest copy of the store; only `make reset` and a restore begin another history."


def anchor_of(store: Store) -> Anchor | None:
    """Give the anchor beside a store that is a file. On PostgreSQL what consumers hold is the anchor: `verify`."""
    return Anchor(anchor_path(store.path)) if store.is_sqlite else None


def refuse_lost_store(store_path: Path) -> None:
    """Refuse a store that is gone although its anchor is there; before anything makes an empty one in its place.

    :raises FaultAtStart: saying how far the lost store had come
    """
    point = Anchor(anchor_path(store_path)).read()
    if point is not None and not (store_path.exists() and store_path.stat().st_size):
        raise FaultAtStart(
            f"The ledger's store {store_path} is missing or empty, but its anchor says that it held {point.sequence} "
            f"entries: it does not start. {_WAY_OUT}"
        )


def open_ledger(url: str) -> Store:
    """Open the ledger's store for a process: it is there, of this code's version, and as long as its anchor says.

    :raises FaultAtStart: saying in one line what is not as it must be
    """
    store = Store(url, service="transactions", plumbing=PLUMBING)
    if store.is_sqlite:
        refuse_lost_store(store.path)
    check_version(store)
    check_anchor(store)
    return store


def compare_with_anchor(session: Session, point: AnchorPoint | None) -> BadRow | None:
    """Compare the store with a point of its anchor that was read before this session began; None if it fits."""
    if point is None:
        return None
    found = session.execute(select(ENTRIES.c.hash).where(ENTRIES.c.sequence == point.sequence)).scalar()
    if found == point.hash:
        return None
    newest, _ = last_entry(session)
    if found is None and newest < point.sequence:
        problem = "the store is shorter than its anchor"
        return BadRow("journal_entries", f"sequence={newest}", problem, f"{point.sequence} entries", f"{newest}")
    problem = "the entry at the anchor is another one"
    return BadRow("journal_entries", f"sequence={point.sequence}", problem, point.hash, str(found))


def check_anchor(store: Store) -> None:
    """Check that the entry at the anchor exists with its hash; a longer ledger is fine: an unanswered tail.

    :raises FaultAtStart: if the store is shorter than its anchor, or of another history
    """
    anchor = anchor_of(store)
    if anchor is None:
        return
    point = anchor.read()
    with store.read() as session:
        bad = compare_with_anchor(session, point)
    if bad is not None:
        raise FaultAtStart(
            f"The ledger's store {store.path} does not fit its anchor, it does not start. {bad}. {_WAY_OUT}"
        )


def check_newest_entries(store: Store) -> None:
    """Check the chain of the last 1,000 entries.

    :raises FaultAtStart: naming the first entry that does not fit
    """
    with store.read() as session:
        newest, _ = last_entry(session)
        after = max(0, newest - CHECKED_ENTRIES)
        before = session.execute(select(ENTRIES.c.hash).where(ENTRIES.c.sequence == after)).scalar()
        walk = JournalWalk(sequence=after, hash_before=before or GENESIS)
        _, bad = walk.step(session, CHECKED_ENTRIES + 1)
    if bad:
        raise FaultAtStart(f"The ledger's store {store.path} is damaged, it does not start. {bad[0][1]}.")


def open_anchor(store: Store) -> Anchor | None:
    """Check the store, open its anchor and move it up to the newest entry: only the writer does, under its lock.

    What was committed before the last end and not answered is answered to a repeat from now on: it is anchored first.

    :raises FaultAtStart: if the store or the anchor is not as it must be
    """
    check_anchor(store)
    check_newest_entries(store)
    anchor = anchor_of(store)
    if anchor is not None:
        anchor.open()
        with store.read() as session:
            sequence, newest_hash = last_entry(session)
        if sequence:
            anchor.advance(sequence, newest_hash)
    return anchor
