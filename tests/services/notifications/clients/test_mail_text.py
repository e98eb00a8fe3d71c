"""The words of the mails."""

import re
from typing import get_args

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from services.notifications.clients.mail_letter import write_letter
from services.notifications.clients.mail_server import MailServer
from services.notifications.clients.mail_text import make_mail
from services.notifications.domain.code_mail import CodeMailKind
from services.notifications.domain.notice import Kind
from services.notifications.domain.preference import Language
from services.notifications.settings import NotificationsSettings
from tests.services.notifications.conftest import PostOffice
from tests.services.notifications.mail_samples import ADA, catalogue, sample_mail
from tests.services.notifications.told import NOON

LANGUAGES = get_args(Language)


def mails_of(language: Language) -> dict[str, tuple[str, str, str]]:
    """Give subject, text and HTML of every mail of the catalogue."""
    found = {}
    for name in sorted(catalogue(language)):
        message = sample_mail(name, language)
        text, html = (message.get_body(preferencelist=(one,)) for one in ("plain", "html"))
        assert text is not None
        assert html is not None
        found[name] = (str(message["subject"]), str(text.get_content()), str(html.get_content()))
    return found


class TestMail:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_every_kind_has_no_open_place(self, language: Language) -> None:
        for name, parts in mails_of(language).items():
            for words in parts:
                assert words.strip(), name
                plain = re.sub(r"<style.*?</style>|<!--.*?-->", "", words, flags=re.DOTALL)
                assert not re.search(r"[{}]|None|undefined", plain), (name, plain)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_loads_nothing_from_elsewhere_and_has_no_links(self, language: Language) -> None:
        for name, (_, _, html) in mails_of(language).items():
            assert not re.search(r"https?://(?!www\.w3\.org/)|src=|href=|@import|<script", html), name

    def test_is_there_in_both_languages_for_every_kind_that_is_mailed(self) -> None:
        codes = {f"code-{kind}" for kind in get_args(CodeMailKind)}
        inbox_only = {kind for kind in get_args(Kind) if kind.startswith(("ticket-", "account-", "approval-"))}
        mailed = set(get_args(Kind)) - inbox_only
        tickets = {f"ticket-{step}" for step in ("answered", "waiting", "resolved")}
        work = {f"ticket-{step}" for step in ("assigned", "due-soon", "overdue", "escalated")}
        work |= {"approval-asked", "approval-decided"}
        for language in LANGUAGES:
            assert catalogue(language) == mailed | tickets | work | codes
        assert mails_of("en").keys() == mails_of("de").keys()

    def test_differs_from_language_to_language(self) -> None:
        english, german = mails_of("en"), mails_of("de")
        assert not [name for name in english if english[name][0] == german[name][0]]
        assert "1.234,56\xa0€" in german["deposit"][1]
        assert "3. November 2026, 09:05 UTC" in german["deposit"][1]

    def test_writes_dates_as_people_do(self) -> None:
        english, german = mails_of("en"), mails_of("de")
        assert english["interest-summary"][0] == "Your interest of October 2026"
        assert german["interest-summary"][0] == "Ihre Zinsen für Oktober 2026"
        assert "2026/10 (1 October 2026 – 31 October 2026)" in english["statement-ready"][1]
        assert "2. November 2026" in german["order-failed"][1]
        for mails in (english, german):
            assert not [name for name in mails if re.search(r"\d{4}-\d\d-\d\d", mails[name][1])]

    def test_says_what_was_asked_for_in_the_readers_language(self) -> None:
        assert "Zinssatz setzen" in mails_of("de")["approval-asked"][1]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_keeps_markup_in_what_people_wrote_as_text(self, language: Language) -> None:
        nasty = "<script>alert(1)</script><mj-image src='http://x/'/>{{ 7*7 }}{0}%s"
        mail = sample_mail("new-device", language, device=nasty, first_name=nasty)
        html = mail.get_body(preferencelist=("html",))
        assert html is not None
        shown = html.get_content()
        assert "<script" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown
        assert "{{ 7*7 }}" in shown

    def test_lacking_a_value_is_no_mail(self) -> None:
        with pytest.raises(ValueError, match="lacks"):
            write_letter("deposit", language="en", words={"first_name": "Ada"})

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
        subject, text, html = mails_of("en")[kind]
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
