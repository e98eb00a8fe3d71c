"""Notice that the mail server is back, so that no mail waits out a long pause. One question for all mails that wait."""

import structlog

from services.notifications.clients.mail_server import MailServer
from services.notifications.store.delivery_queries import waits_for_server
from services.notifications.use_cases.hurry_mails import hurry_mails
from shared.clock import now
from shared.store.engine import Store

_log = structlog.get_logger("bank.mail")


def watch_mail_server(store: Store, *, server: MailServer) -> int:
    """Ask the mail server whether it is there if mails wait for it; gives how many may go now."""
    with store.read() as session:
        waiting = waits_for_server(session)
    if not waiting or not server.answers():
        return 0
    with store.write() as session:
        hurried = hurry_mails(session, now=now())
    if hurried:
        _log.info("mail.server-back", mails=hurried)
    return hurried
