"""Mails that must go out although the process that wrote them ends: job rows, their address sealed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from services.identity.store.key_files import SigningKeys
from shared.clock import format_time, parse_time
from shared.ids import new_id
from shared.store.jobs import enqueue_job

SEND_NOTICE = "send_notice"
NOTICE_LIFE = timedelta(days=3)
"""How long telling somebody is worth it, while the mails do not go out."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail without a code, about a login."""

    mail: str
    user_id: str
    to: str = field(repr=False)


def tell_later(session: Session, *, keys: SigningKeys, notice: Notice, now: datetime) -> None:
    """Write the job in the current write transaction."""
    payload = {
        "mail": notice.mail,
        "user_id": notice.user_id,
        "to": keys.seal(notice.to.encode(), owner=notice.user_id),
        "valid_until": format_time(now + NOTICE_LIFE),
    }
    enqueue_job(session, kind=SEND_NOTICE, unique_key=new_id(), payload=payload)


def notice_of(keys: SigningKeys, payload: dict[str, Any]) -> tuple[Notice, datetime]:
    """Read a job: the mail, and until when it is worth sending."""
    user_id = str(payload["user_id"])
    to = keys.unseal(payload["to"], owner=user_id).decode()
    return Notice(str(payload["mail"]), user_id, to), parse_time(payload["valid_until"])
