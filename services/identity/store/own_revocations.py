"""Identity's own revocations, read as others read them over HTTP."""

from datetime import timedelta
from typing import Any

from services.identity.store.sessions_queries import revocations_after
from shared.clock import format_time, now
from shared.store.engine import Store

_KEPT = timedelta(minutes=10)
_PAGE = 500


class OwnRevocations:
    """A source for the poller that asks the store."""

    def __init__(self, store: Store) -> None:
        """Read from identity's store."""
        self._store = store

    def read_page(self, after: int) -> dict[str, Any]:
        """Give {items: [{sequence, session_id, user_id, revoked_at}], next}."""
        with self._store.read() as session:
            rows = revocations_after(session, sequence=after, since=now() - _KEPT, limit=_PAGE)
        items = [
            {
                "sequence": row.sequence,
                "session_id": row.session_id,
                "user_id": row.user_id,
                "revoked_at": format_time(row.revoked_at),
            }
            for row in rows
        ]
        return {"items": items, "next": items[-1]["sequence"] if len(items) == _PAGE else None}
