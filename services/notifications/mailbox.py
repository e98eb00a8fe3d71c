"""The sandbox's mail server: takes every mail over SMTP and keeps it for `/dev/mail`. It sends nothing anywhere.

A door of its own so that it can be stopped like a real mail server: `python -m services.notifications.mailbox`.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from prometheus_client import Counter

from services.notifications.settings import NotificationsSettings
from services.notifications.store.mailbox_store import store_mail
from shared.errors import FaultAtStart
from shared.observability.logs import configure_logging
from shared.observability.ops import OpsServer
from shared.settings import load

_MAX_MAIL_BYTES = 2 * 1024 * 1024
_MAILS = Counter("bank_mailbox_mails_total", "Mails that the sandbox's mail server kept.")
_log = structlog.get_logger("bank.mailbox")


class Keeper:
    """Keeps what the mail server receives."""

    def __init__(self, folder: Path) -> None:
        """Keep mails in this folder."""
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take one mail; the answer 250 means that it is kept."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content or "").encode()
        mail_id = await asyncio.to_thread(store_mail, self._folder, raw)
        _MAILS.inc()
        _log.info("mail.kept", mail_id=mail_id)
        return f"250 kept as {mail_id}"


async def serve(settings: NotificationsSettings) -> None:
    """Listen until SIGTERM or SIGINT.

    :raises FaultAtStart: outside the sandbox, or if the port is taken
    """
    if not settings.is_sandbox:
        raise FaultAtStart("The sandbox's mail server does not run in production; set NOTIFICATIONS_SMTP_HOST.")
    loop = asyncio.get_running_loop()
    keeper = Keeper(settings.mailbox_dir)
    try:
        server = await loop.create_server(
            lambda: SMTP(keeper, hostname="strongroom.example", data_size_limit=_MAX_MAIL_BYTES, loop=loop),
            settings.smtp_host,
            settings.smtp_port,
        )
    except OSError as taken:
        raise FaultAtStart(
            f"The mail server cannot listen on {settings.smtp_host}:{settings.smtp_port}: {taken.strerror}."
        ) from taken
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    ops = _ops(settings, ready=lambda: server.is_serving() and not stop.is_set())
    _log.info("mailbox.listens", port=settings.smtp_port)
    await stop.wait()
    if ops is not None:
        ops.stop()
    server.close()  # what is under way ends with the process: the sender tries again


def _ops(settings: NotificationsSettings, *, ready: Callable[[], bool]) -> OpsServer | None:
    """Answer health and metrics, where a port for them is set."""
    if not settings.mailbox_ops_port:
        return None
    ops = OpsServer(settings.host, settings.mailbox_ops_port, ready=ready)
    ops.start()
    return ops


def main() -> int:
    """Run the mail server."""
    try:
        settings = load(NotificationsSettings)
        configure_logging("notifications", settings.log_level)
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd writes every address there
        asyncio.run(serve(settings))
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
