"""Trying a transaction again that lost against another one: a deadlock, a serialization failure, a racing insert.

Only for work that decides anew each time, on what it then reads. On SQLite nobody loses: writers come one by one.
"""

import time
from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

TRIES = 6
_LOST = frozenset({"40001", "40P01", "23505"})
"""serialization_failure, deadlock_detected, unique_violation"""
_FIRST_WAIT_SECONDS = 0.005
_LUCK = SystemRandom()
_log = structlog.get_logger("bank.store")


def has_lost(wrong: BaseException) -> bool:
    """Tell whether a transaction failed because of another one that ran beside it."""
    return isinstance(wrong, DBAPIError) and getattr(wrong.orig, "sqlstate", None) in _LOST


def retry_lost(work: Callable[[], T], *, also: tuple[type[Exception], ...] = ()) -> T:
    """Do the work, up to six times while it loses, each time after a longer wait of random length.

    `also` are exceptions of the work's own that mean the same. The last failure passes to the caller.
    """
    for tried in range(1, TRIES):
        try:
            return work()
        except Exception as lost:
            if not has_lost(lost) and not isinstance(lost, also):
                raise
            _log.info("transaction.lost", kind=type(lost).__name__, tried=tried)
            time.sleep(_FIRST_WAIT_SECONDS * 2 ** (tried - 1) * (0.5 + _LUCK.random()))
    return work()
