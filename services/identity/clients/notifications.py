"""What identity asks of notifications: to send a code to an address. Neither is written down on this side.

A mail is handed over by a thread of its own, so that how long it takes tells nobody whether an address is known. If
that fails, nobody gets a code, and whoever waits for it asks again: a code is worth nothing after five minutes.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Literal

import structlog

from shared.clients.http import ServiceClient
from shared.clock import format_time
from shared.errors import BankError, Unavailable
from shared.ids import new_id

CodeMail = Literal[
    "sign-in",
    "reset-password",
    "confirm-email",
    "change-email",
    "reauthenticate",
    "already-registered",
    "email-changed",
]
_log = structlog.get_logger("bank.codes")


class CodeMailer:
    """Hands mails with codes to notifications, soon."""

    def __init__(self, client: ServiceClient | None) -> None:
        """Speak through a client of `notifications`; without one nothing is sent."""
        self._client = client
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="code-mails")

    def send_soon(self, *, email: str, mail: CodeMail, code: str | None, valid_until: datetime) -> None:
        """Hand a mail over; returns at once."""
        self._thread.submit(self._send, email, mail, code, valid_until)

    def do_soon(self, work: Callable[[], None]) -> None:
        """Do what leads to a mail, or to none, behind the answer: how long it takes is nobody's business."""
        self._thread.submit(_noted(work))

    def stop(self) -> None:
        """Wait until what was handed in is done."""
        self._thread.shutdown(wait=True)

    def hand_over(self, *, email: str, mail: CodeMail, code: str | None, valid_until: datetime, key: str) -> None:
        """Hand a mail over now; the same key is the same mail.

        :raises Unavailable: if notifications does not take it
        """
        if self._client is None:
            return
        body = {"mail": mail, "to": email, "code": code, "valid_until": format_time(valid_until)}
        answer = self._client.request("POST", "/internal/mails", json=body, idempotency_key=key)
        if not answer.is_success:
            raise Unavailable(f"Notifications answered {answer.status_code} to a mail.")

    def _send(self, email: str, mail: CodeMail, code: str | None, valid_until: datetime) -> None:
        try:
            self.hand_over(email=email, mail=mail, code=code, valid_until=valid_until, key=new_id())
        except BankError as fault:
            _log.warning("code-mail.not-sent", mail=mail, reason=type(fault).__name__)


def _noted(work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            work()
        except Exception as fault:  # noqa: BLE001 - nobody waits for it; whoever misses the code asks again
            _log.warning("code-mail.not-made", reason=type(fault).__name__)

    return run
