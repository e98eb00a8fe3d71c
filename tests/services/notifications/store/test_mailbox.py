"""The sandbox's mailbox folder."""

from pathlib import Path

import pytest

from services.notifications.store import mailbox_store
from services.notifications.store.mailbox_queries import list_mails, read_mail
from services.notifications.store.mailbox_store import store_mail


class TestMailbox:
    def test_keeps_the_newest_only(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mailbox_store, "KEPT", 3)
        for number in range(5):
            store_mail(tmp_path, f"Subject: {number}\r\n\r\nbody".encode())
        assert [mail.subject for mail in list_mails(tmp_path, limit=10)] == ["4", "3", "2"]
        assert [path.suffix for path in tmp_path.iterdir()] == [".eml"] * 3

    def test_reads_what_is_no_good_mail(self, tmp_path: Path) -> None:
        mail_id = store_mail(tmp_path, b"\xff\xfe no headers at all")
        assert read_mail(tmp_path, mail_id) is not None
        assert list_mails(tmp_path / "missing", limit=5) == []

    def test_never_leaves_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "secret.eml").write_text("Subject: secret")
        assert read_mail(tmp_path / "mailbox", "../secret") is None
