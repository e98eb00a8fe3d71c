"""Sessions and users whose tokens hold no longer, though they have not expired: polled from identity every 2 s."""

import threading
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from shared.clock import now, parse_time
from shared.observability.metrics import REVOCATION_POLL_FAILURES

POLL_SECONDS = 2.0
_KEPT = timedelta(seconds=600)  # a token lives 300 s: an older revocation ends nothing
_PAGES = 50
_log = structlog.get_logger("bank.revocations")


class Revocations:
    """What has been revoked lately; identity fills its own directly, others through `RevocationPoller`."""

    def __init__(self) -> None:
        """Begin with nothing revoked."""
        self._sessions: dict[str, float] = {}
        self._users: dict[str, float] = {}

    def add(self, *, session_id: str | None, user_id: str | None, revoked_at: datetime) -> None:
        """Refuse a session's tokens, or (without a session) all that a user was given before `revoked_at`."""
        moment = revoked_at.timestamp()
        if session_id is not None:
            self._sessions[session_id] = moment
        elif user_id is not None:
            self._users[user_id] = max(moment, self._users.get(user_id, moment))

    def covers(self, *, session_id: str | None, user_id: str | None, issued_at: float) -> bool:
        """Tell whether a token (its `iat` in Unix seconds) is revoked."""
        if session_id in self._sessions:
            return True
        revoked_at = self._users.get(user_id) if user_id is not None else None
        return revoked_at is not None and issued_at < revoked_at

    def forget_old(self) -> None:
        """Drop what no living token can meet any more."""
        limit = (now() - _KEPT).timestamp()
        for kept in (self._sessions, self._users):
            for name in [name for name, moment in list(kept.items()) if moment < limit]:
                kept.pop(name, None)


class RevocationSource(Protocol):
    """Who can be asked for revocations: a `ServiceClient` to identity."""

    def read_page(self, after: int) -> dict[str, Any]:
        """Give {items: [{sequence, session_id?, user_id?, revoked_at}], next}; raises when it cannot."""


class RevocationPoller:
    """A thread that keeps `Revocations` up to date; a poll that fails is counted and tried again."""

    def __init__(
        self, source: RevocationSource, revocations: Revocations, *, every_seconds: float = POLL_SECONDS
    ) -> None:
        """Prepare; `start` begins."""
        self._source = source
        self._revocations = revocations
        self._every_seconds = every_seconds
        self._after = 0
        self._failing = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="revocations", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread (waits at most 5 s for a poll that runs)."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def poll(self) -> None:
        """Read what was revoked since the last poll."""
        for _ in range(_PAGES):
            page = self._source.read_page(self._after)
            for item in page["items"]:
                self._revocations.add(
                    session_id=item.get("session_id"),
                    user_id=item.get("user_id"),
                    revoked_at=parse_time(item["revoked_at"]),
                )
                self._after = max(self._after, int(item["sequence"]))
            if not page.get("next") or not page["items"]:
                break
        self._revocations.forget_old()

    def _run(self) -> None:
        while True:
            try:
                self.poll()
                self._failing = False
            except Exception as wrong:  # noqa: BLE001  (identity may be down: tokens live 300 s at most anyway)
                REVOCATION_POLL_FAILURES.inc()
                if not self._failing:
                    _log.warning("revocations.poll_failed", reason=type(wrong).__name__)
                self._failing = True
            if self._stop.wait(self._every_seconds):
                return
