"""Making a mail of a delivery and a contact: subject, text and HTML from templates that escape what they are given."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifications.clients.accounts import Contact
from services.notifications.domain.notice import Kind
from shared.clock import parse_time
from shared.money import format_money

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "mail_templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_BANK = "Strongroom"


def make_mail(
    *, kind: Kind, params: dict[str, Any], contact: Contact, sender: str, delivery_id: str, now: datetime
) -> EmailMessage:
    """Make the mail of one delivery; its Message-ID is the same at every try.

    :raises ValueError: if the contact's address cannot stand in a mail
    """
    words = {**_words(params), "first_name": contact.first_name}
    message = EmailMessage()
    message["From"] = Address(_BANK, addr_spec=sender)
    message["To"] = Address(f"{contact.first_name} {contact.last_name}".strip(), addr_spec=contact.email)
    message["Subject"] = _render(kind, "subject.txt", words)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{delivery_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_render(kind, "txt", words))
    message.add_alternative(_render(kind, "html", words), subtype="html")
    return message


def _words(params: dict[str, Any]) -> dict[str, Any]:
    words = {name: value for name, value in params.items() if value is not None}
    if params.get("amount_minor") is not None:
        words["amount"] = format_money(params["amount_minor"], params["currency"])
    if params.get("booked_at") is not None:
        words["when"] = parse_time(params["booked_at"]).strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    return words


def _render(kind: Kind, part: str, words: dict[str, Any]) -> str:
    return _TEMPLATES.get_template(f"{kind}.{part}").render(words).strip()
