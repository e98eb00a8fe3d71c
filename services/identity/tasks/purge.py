"""Purge what has had its time, a portion at a time."""

import structlog

from services.identity.use_cases.purge_expired import purge_expired
from shared.clock import now
from shared.store.engine import Store

_PORTIONS = 20
_log = structlog.get_logger("bank.identity")


def purge(store: Store) -> int:
    """Delete expired sessions, codes and tries; gives how many rows went. What is left goes the next time."""
    gone = 0
    for _ in range(_PORTIONS):
        portion = purge_expired(store, now=now())
        gone += portion
        if not portion:
            break
    if gone:
        _log.info("purged", rows=gone)
    return gone
