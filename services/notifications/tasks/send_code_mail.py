"""Send one mail with a code, then wipe it from the job row; one that comes too late is wiped unsent.

Runs in the worker. A second try may send it twice, which harms nobody: it is the same code.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from services.notifications.clients.mail_server import MailServer, MaybeSent, NotSent
from services.notifications.domain.code_mail import CodeMail
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
        try:
            server.send(_message(mail, settings.mail_from, job_id), recipient=mail.to, before_text=lambda: True)
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


def _message(mail: CodeMail, sender: str, job_id: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address("Strongroom", addr_spec=sender)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{job_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
