"""Send one mail with a code, then wipe it from the job row; one that comes too late is wiped unsent.

Runs in the worker. A second try may send it twice, which harms nobody: it is the same code.
"""

from typing import Any

from services.notifications.clients.mail_server import MailServer, MaybeSent, NotSent
from services.notifications.clients.mail_text import make_code_mail
from services.notifications.settings import NotificationsSettings
from services.notifications.store.sealed_mails import MailSeal, mail_of, wipe_code_mail
from services.notifications.tasks.send_mail import TryLater
from shared.clock import now
from shared.store.engine import Store


def send_code_mail(
    store: Store, *, settings: NotificationsSettings, server: MailServer, job_id: str, payload: dict[str, Any]
) -> str:
    """Send and wipe; gives how it went: sent, maybe-sent, failed or too-late.

    :raises TryLater: if the mail server does not take part now
    """
    mail = mail_of(MailSeal(settings.client_secret.get_secret_value()), payload, now=now())
    said = "too-late"
    if mail is not None:
        message = make_code_mail(mail, sender=settings.mail_from, message_id=job_id, now=now())
        try:
            server.send(message, recipient=mail.to, before_text=lambda: True)
            said = "sent"
        except MaybeSent:
            said = "maybe-sent"
        except NotSent as refused:
            if not refused.permanent:
                raise TryLater(str(refused)) from refused
            said = "failed"
    with store.write() as session:
        wipe_code_mail(session, job_id=job_id, said=said)
    return said
