"""Making a mail of a delivery and a contact, or of a code: subject, text and HTML in the reader's language."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from services.notifications.clients.accounts import Contact
from services.notifications.clients.mail_letter import Letter, write_letter
from services.notifications.domain.code_mail import CodeMail
from services.notifications.domain.notice import Kind
from services.notifications.domain.preference import Language
from shared.clock import parse_time
from shared.money import format_money

_BANK = "Strongroom"
_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
}  # fmt: skip


_ISO_DATE = re.compile(r"\b(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?\b")


def make_mail(
    *,
    kind: Kind,
    params: dict[str, Any],
    contact: Contact,
    sender: str,
    delivery_id: str,
    now: datetime,
    language: Language = "en",
) -> EmailMessage:
    """Make the mail of one delivery; its Message-ID is the same at every try.

    :raises ValueError: if the contact's address cannot stand in a mail, or a value is missing
    """
    words = {**_words(params, language), "first_name": contact.first_name}
    letter = write_letter(kind, language=language, words=words)
    to = Address(f"{contact.first_name} {contact.last_name}".strip(), addr_spec=contact.email)
    return _message(letter, to=to, sender=sender, message_id=delivery_id, now=now)


def make_code_mail(mail: CodeMail, *, sender: str, message_id: str, now: datetime) -> EmailMessage:
    """Make a mail with a code; the subject has no code in it, since a locked screen shows subjects.

    :raises ValueError: if the address cannot stand in a mail
    """
    words = {"code": mail.code or "", "until": f"{mail.valid_until:%H:%M}"}
    letter = write_letter(f"code-{mail.kind}", language=mail.language, words=words)
    return _message(letter, to=Address(addr_spec=mail.to), sender=sender, message_id=message_id, now=now)


def _message(letter: Letter, *, to: Address, sender: str, message_id: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(_BANK, addr_spec=sender)
    message["To"] = to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


_SPOKEN: dict[Language, dict[str, str]] = {
    "en": {"totp": "authenticator app", "email": "code by e-mail", "passkey": "passkey"},
    "de": {
        "totp": "Authenticator-App",
        "email": "Code per E-Mail",
        "passkey": "Passkey",
        "approved": "angenommen",
        "rejected": "abgelehnt",
        "expired": "abgelaufen",
        "void": "hinfällig",
        "set-rate": "Zinssatz setzen",
        "withdraw-rate": "Zinssatz zurückziehen",
        "change-product": "Produkt ändern",
        "set-limits": "Limits setzen",
        "close-account": "Konto schließen",
        "deposit": "Einzahlung",
        "withdrawal": "Auszahlung",
        "reversal": "Storno",
        "change-roles": "Rollen ändern",
    },
}
"""Codes of facts as people say them; others are shown with spaces for hyphens."""


def _words(params: dict[str, Any], language: Language) -> dict[str, str]:
    words = {name: str(value) for name, value in params.items() if value is not None}
    for name in ("factor", "decision", "command"):
        if name in words:
            words[name] = _SPOKEN[language].get(words[name], words[name].replace("-", " "))
    for name in ("period", "due_on"):
        if name in words:
            words[name] = _ISO_DATE.sub(lambda found: _date_text(found, language), words[name])
    if params.get("amount_minor") is not None:
        words["amount"] = format_money(params["amount_minor"], params["currency"], locale=language)
    if params.get("below_minor") is not None:
        words["below"] = format_money(int(params["below_minor"]), params["currency"], locale=language)
    if params.get("charged_minor") is not None:
        words["charged"] = format_money(int(params["charged_minor"]), params["currency"], locale=language)
    if params.get("booked_at") is not None:
        words["when"] = moment_text(parse_time(params["booked_at"]), language)
    return words


def _date_text(found: re.Match[str], language: Language) -> str:
    """Write a date, or a month, of ISO 8601 as the language does."""
    year, month, day = found["year"], _MONTHS[language][int(found["month"]) - 1], found["day"]
    if day is None:
        return f"{month} {year}"
    return f"{int(day)}{'.' if language == 'de' else ''} {month} {year}"


def moment_text(moment: datetime, language: Language) -> str:
    """Write a moment as the language does, in UTC."""
    month = _MONTHS[language][moment.month - 1]
    if language == "de":
        return f"{moment.day}. {month} {moment.year}, {moment:%H:%M} UTC"
    return f"{moment.day} {month} {moment.year}, {moment:%H:%M} UTC"
