"""One mail of each kind of the catalogue with values that a reader would believe."""

import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from services.notifications.clients import mail_letter
from services.notifications.clients.accounts import Contact
from services.notifications.clients.mail_text import make_code_mail, make_mail
from services.notifications.domain.code_mail import CodeMail, CodeMailKind
from services.notifications.domain.notice import Kind
from services.notifications.domain.preference import Language

ADA = Contact(email="ada@demo.bank", first_name="Ada", last_name="Example")
SENDER = "no-reply@strongroom.example"
_NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "account_id": "0193a6c2-5b1e-7c60-8a51-0d1b0a6d7c11",
    "booked_at": "2026-11-03T09:05:00.000000Z",
    "amount_minor": 123456,
    "currency": "EUR",
    "entry_id": "0193a6c2-5b1e-7c60-8a51-0d1b0a6d7c22",
    "device": "Firefox on Linux",
    "number": "T-100023",
    "ticket_id": "t1",
    "below_minor": "150000",
    "period": "2026/10 (2026-10-01 – 2026-10-31)",
    "charged_minor": "450",
    "due_on": "2026-11-02",
    "factor": "totp",
    "command": "set-rate",
    "decision": "approved",
    "approval_id": "0193a6c2-5b1e-7c60-8a51-0d1b0a6d7c33",
}

OWN_VALUES: dict[str, dict[str, Any]] = {"interest-summary": {"period": "2026-10"}}


def catalogue(language: Language) -> set[str]:
    """Give the names of all mails of a language."""
    words = Path(mail_letter.__file__).parent / "mail_words" / f"{language}.json"
    return set(json.loads(words.read_text("utf-8"))) - {"_"}


def sample_mail(name: str, language: Language, *, first_name: str = "Ada", **values: Any) -> EmailMessage:
    """Make one mail of the catalogue."""
    if name.startswith("code-"):
        kind = cast("CodeMailKind", name.removeprefix("code-"))
        code = None if kind in ("already-registered", "email-changed") else "493027"
        mail = CodeMail(kind, ADA.email, code, _NOW, language)
        return make_code_mail(mail, sender=SENDER, message_id="m1", now=_NOW)
    contact = Contact(email=ADA.email, first_name=first_name, last_name=ADA.last_name)
    return make_mail(
        kind=cast("Kind", name),
        params={**VALUES, **OWN_VALUES.get(name, {}), **values},
        contact=contact,
        sender=SENDER,
        delivery_id="d1",
        now=_NOW,
        language=language,
    )
