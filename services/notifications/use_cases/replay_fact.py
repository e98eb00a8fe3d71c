"""Apply a fact that was parked among the dead letters, once.

Who: the desk. Rule: `shared/streams/dead_letters.py`. Says: nothing.
"""

from collections.abc import Callable

from services.notifications.domain.delivery import StillUnreadable
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store

Replay = Callable[[Store, str], bool]
"""Applies a dead letter past the cursor; False when that was done before."""


def replay_fact(store: Store, *, caller: Caller, dead_letter_id: str, replay: Replay) -> bool:
    """Apply it; what its consumer refuses passes to the caller and leaves the letter where it is.

    :raises StillUnreadable: if its data does not fit the contract
    """
    try:
        done = replay(store, dead_letter_id)
    except ValueError as wrong:
        raise StillUnreadable() from wrong
    if done:
        with store.write() as session:
            record_audit(
                session,
                caller=caller,
                command="replay-fact",
                subject_type="dead-letter",
                subject_id=dead_letter_id,
            )
    return done
