"""Purge what has had its time, a portion at a time."""

from datetime import timedelta

import structlog

from services.identity.settings import IdentitySettings
from services.identity.use_cases.lapse_registrations import lapse_registrations
from services.identity.use_cases.purge_expired import purge_expired
from shared.clock import now
from shared.store.engine import Store

_PORTIONS = 20
_log = structlog.get_logger("bank.identity")


def purge(store: Store, settings: IdentitySettings) -> int:
    """Delete expired sessions, codes and tries, and end registrations that nobody confirmed; gives how many rows went.

    What is left goes the next time.
    """
    gone = 0
    lapse = timedelta(hours=settings.unconfirmed_hours)
    for _ in range(_PORTIONS):
        portion = purge_expired(store, now=now()) + lapse_registrations(store, after=lapse, now=now())
        gone += portion
        if not portion:
            break
    if gone:
        _log.info("purged", rows=gone)
    return gone
