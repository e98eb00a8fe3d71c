"""Reading the sandbox's mailbox."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from services.notifications.store.mailbox_store import SUFFIX

_HEADER_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class MailSummary:
    """One line of the list of mails; `at` is the date that the mail itself names."""

    id: str
    to: str
    subject: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail with its bodies as they came; nothing in them is to be trusted."""

    summary: MailSummary
    sender: str
    text: str
    html: str


def list_mails(folder: Path, *, limit: int, to: str | None = None) -> Sequence[MailSummary]:
    """Give the newest mails, newest first; with `to` only those whose recipient's line has this text."""
    mails: list[MailSummary] = []
    for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
        if len(mails) >= limit:
            break
        with contextlib.suppress(FileNotFoundError):  # the limit took it between listing and reading
            mail = _read_summary(path)
            if to is None or to.lower() in mail.to.lower():
                mails.append(mail)
    return mails


@lru_cache(maxsize=4096)
def _read_summary(path: Path) -> MailSummary:
    """Read one mail's headers and not its bodies, which are most of it; a mail never changes, so once is enough."""
    with path.open("rb") as file:
        headers = BytesHeaderParser(policy=default).parsebytes(file.read(_HEADER_BYTES).partition(b"\r\n\r\n")[0])
    return _summary(path.stem, headers)


def read_mail(folder: Path, mail_id: str) -> Mail | None:
    """Give one mail, None if there is none of this id."""
    try:
        path = folder / f"{UUID(mail_id)}{SUFFIX}"
        message = _parse(path.read_bytes())
    except (ValueError, FileNotFoundError):
        return None
    return Mail(
        summary=_summary(path.stem, message),
        sender=str(message["from"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _parse(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError("The default policy makes EmailMessage.")
    return message


def _summary(mail_id: str, message: EmailMessage) -> MailSummary:
    date = message["date"]
    return MailSummary(
        id=mail_id,
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        at=getattr(date, "datetime", None),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    content = part.get_content()
    return content if isinstance(content, str) else ""
