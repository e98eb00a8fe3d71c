"""The words of the mails."""

import re
from typing import get_args

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notifications.clients.accounts import Contact
from services.notifications.clients.mail_server import MailServer
from services.notifications.clients.mail_text import make_mail
from services.notifications.domain.notice import Kind
from services.notifications.settings import NotificationsSettings
from tests.services.notifications.conftest import PostOffice
from tests.services.notifications.told import NOON

ADA = Contact(email="ada@demo.bank", first_name="Ada", last_name="Example")
MOVEMENT = {
    "account_id": "a1",
    "booked_at": "2026-11-03T09:05:00.000000Z",
    "amount_minor": 123456,
    "currency": "EUR",
    "entry_id": "e1",
    "device": "Firefox on Linux",
}
BY_MAIL: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if not kind.startswith("ticket"))


def bodies(kind: Kind) -> list[str]:
    """Give subject, text and HTML of a mail."""
    message = make_mail(
        kind=kind, params=MOVEMENT, contact=ADA, sender="no-reply@demo.bank", delivery_id="d1", now=NOON
    )
    parts = [message.get_body(preferencelist=(one,)) for one in ("plain", "html")]
    return [str(message["subject"]), *(part.get_content() for part in parts if part)]


class TestMail:
    @pytest.mark.parametrize("kind", BY_MAIL)
    def test_of_every_kind_has_subject_text_and_html_without_open_places(self, kind: Kind) -> None:
        found = bodies(kind)
        assert len(found) == 3
        for words in found:
            assert words.strip()
            assert not re.search(r"\{\{|\}\}|\{%|None|undefined", words)

    @pytest.mark.parametrize("kind", BY_MAIL)
    def test_loads_nothing_from_elsewhere_and_has_no_links(self, kind: Kind) -> None:
        assert not re.search(r"https?://|src=|href=", bodies(kind)[2])

    @pytest.mark.parametrize(
        ("kind", "sign"),
        [
            ("deposit", "+"),
            ("transfer-out", "−"),
            ("withdrawal", "−"),
            ("capture-out", "−"),
            ("capture-in", "+"),
            ("reversal-out", "−"),
            ("reversal-in", "+"),
            ("fee", "−"),
            ("interest-in", "+"),
            ("interest-out", "−"),
            ("adjustment-in", "+"),
            ("adjustment-out", "−"),
        ],
    )
    def test_of_a_movement_says_how_much_and_when(self, kind: Kind, sign: str) -> None:
        subject, text, html = bodies(kind)
        assert subject.endswith(": €1,234.56")
        for words in (text, html):
            assert f"{sign}€1,234.56" in words
            assert "3 November 2026, 09:05 UTC" in words


class KeepsText:
    """A mail server that remembers the text as it came."""

    def __init__(self) -> None:
        self.text = b""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.text = envelope.content
        return "250 kept"


class TestMailServer:
    def test_gets_lines_that_begin_with_a_dot_as_they_are(
        self, settings: NotificationsSettings, office: PostOffice
    ) -> None:
        office.stop()
        keeper = KeepsText()
        office.start(keeper)
        mail = make_mail(kind="welcome", params={}, contact=ADA, sender="a@demo.bank", delivery_id="d1", now=NOON)
        mail.clear_content()
        mail.set_content("one\n.\n..two\n.three\n")
        assert MailServer(settings).send(mail, recipient=ADA.email, before_text=lambda: True)
        assert keeper.text.endswith(b"one\r\n.\r\n..two\r\n.three\r\n")

    def test_gets_no_text_that_was_called_off(self, settings: NotificationsSettings, office: PostOffice) -> None:
        office.stop()
        keeper = KeepsText()
        office.start(keeper)
        mail = make_mail(kind="welcome", params={}, contact=ADA, sender="a@demo.bank", delivery_id="d1", now=NOON)
        assert not MailServer(settings).send(mail, recipient=ADA.email, before_text=lambda: False)
        assert keeper.text == b""
