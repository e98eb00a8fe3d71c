"""A process that applies the ledger's facts until it kills itself, before or after the commit of its nth batch.

`python -m tests.services.notifications.consuming_process <notifications url> <transactions url> before|after <n>`
"""

import os
import signal
import sys
from threading import Event
from typing import Any

from sqlalchemy import event

from services.notifications.listener import SUBSCRIPTIONS
from shared.store.engine import Store
from shared.store.schema import tables_of
from shared.streams.applying import Applier
from shared.streams.cursors import Cursor, read_cursor
from tests.services.notifications.publisher import Ledger


def open_store(service: str, url: str) -> Store:
    """Open a store that was migrated."""
    return Store(url, service=service, plumbing=tables_of(service)[1])


def main() -> None:
    """Apply what comes after the cursor, and die on the way."""
    own_url, ledger_url, where, at = sys.argv[1:]
    store, ledger = open_store("notifications", own_url), Ledger(open_store("transactions", ledger_url))
    left = [int(at)]

    def count_down() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if where == "before":

        @event.listens_for(store.writer, "commit")
        def _before_commit(_connection: Any) -> None:
            count_down()

    def moved(_cursor: Cursor) -> None:
        if where == "after":
            count_down()

    with store.read() as session:
        cursor = read_cursor(session, "transactions")
    subscription = next(one for one in SUBSCRIPTIONS if one.publisher == "transactions")
    rest = [envelope for envelope in ledger.told() if envelope.sequence > cursor.sequence]
    Applier(store, subscription, Event()).apply(rest, cursor, moved)


if __name__ == "__main__":
    main()
