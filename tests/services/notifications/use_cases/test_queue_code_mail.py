"""Taking a mail with a code."""

from datetime import timedelta

from services.notifications.domain.code_mail import CodeMail
from services.notifications.store.sealed_mails import MailSeal
from services.notifications.store.tables import PLUMBING
from services.notifications.use_cases.queue_code_mail import queue_code_mail
from shared.clock import now
from shared.contracts.caller import Caller
from shared.store.engine import Store


class TestQueueCodeMail:
    def test_leaves_neither_address_nor_code_readable(self, store: Store) -> None:
        mail = CodeMail("sign-in", "ada@demo.bank", "493027", now() + timedelta(minutes=5))
        queue_code_mail(store, caller=Caller.for_service("identity"), seal=MailSeal("s"), mail=mail)
        with store.read() as session:
            kept = str([session.execute(table.select()).all() for table in (PLUMBING.jobs, PLUMBING.audit)])
        assert "queue-code-mail" in kept
        assert "493027" not in kept
        assert "ada@demo.bank" not in kept
