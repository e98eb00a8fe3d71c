"""Handing a mail to the mail server (SMTP), so that we always know how far it came.

What fails before the text was given is certain not to be sent; what fails while it was given, nobody can know.
"""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from services.notifications.domain.delivery import SERVER_DOWN
from services.notifications.settings import NotificationsSettings

_TIMEOUT_SECONDS = 10
_LINE_STARTS_WITH_DOT = re.compile(rb"(?m)^\.")


class NotSent(Exception):
    """The mail server certainly did not take the mail; `permanent` tells that it never will."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        """Say why, without any address."""
        super().__init__(reason)
        self.permanent = permanent


class ServerDown(NotSent):
    """Nobody takes mails there now."""


class MaybeSent(Exception):
    """The connection ended after the text was given and before an answer came."""


class MailServer:
    """The one mail server that this bank hands its mails to."""

    def __init__(self, settings: NotificationsSettings) -> None:
        """Remember where it is; nothing is connected yet."""
        self._settings = settings

    def send(self, message: EmailMessage, *, recipient: str, before_text: Callable[[], bool]) -> bool:
        """Hand over one mail; False when `before_text` called it off.

        `before_text` runs once the server took sender and recipient, and is durable when it returns True.

        :raises NotSent: if the server did not take it
        :raises MaybeSent: if it may have
        """
        try:
            text = message.as_bytes(policy=SMTP)
        except (UnicodeError, ValueError) as wrong:
            raise NotSent(f"not a mail: {type(wrong).__name__}", permanent=True) from wrong
        try:
            server = self._connect()
        except smtplib.SMTPResponseException as refused:
            raise NotSent(f"no session: {refused.smtp_code}") from refused
        except (OSError, smtplib.SMTPException) as down:
            raise ServerDown(SERVER_DOWN) from down
        try:
            return self._hand_over(server, recipient, text, before_text)
        except smtplib.SMTPResponseException as refused:
            raise NotSent(f"refused with {refused.smtp_code}", permanent=refused.smtp_code >= 500) from refused
        except (OSError, smtplib.SMTPException) as lost:
            raise NotSent(f"connection lost: {type(lost).__name__}") from lost
        finally:
            # How the goodbye goes says nothing about the mail.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def answers(self) -> bool:
        """Tell whether the mail server is there and would talk to us."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException):
            return False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()
        return True

    def _hand_over(self, server: smtplib.SMTP, recipient: str, text: bytes, before_text: Callable[[], bool]) -> bool:
        server.ehlo_or_helo_if_needed()
        for code, answer in (server.mail(self._settings.mail_from), server.rcpt(recipient)):
            if code not in (250, 251):
                raise smtplib.SMTPResponseException(code, answer)
        if not before_text():
            return False
        code, answer = server.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPResponseException(code, answer)
        try:
            server.send(_LINE_STARTS_WITH_DOT.sub(b"..", text).removesuffix(b"\r\n") + b"\r\n.\r\n")
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as lost:
            raise MaybeSent(f"connection lost: {type(lost).__name__}") from lost
        if code != 250:
            raise smtplib.SMTPResponseException(code, answer)
        return True

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_TIMEOUT_SECONDS)
        try:
            if settings.encrypts_mail:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server
