"""Canned replies are taken out."""

import pytest

from services.support.domain.ticket import ReplyNotFound
from services.support.store.desk_store import list_replies
from services.support.use_cases.remove_canned_reply import remove_canned_reply
from services.support.use_cases.save_canned_reply import add_canned_reply
from shared.store.engine import Store
from tests.services.support.conftest import SUE
from tests.services.support.tickets import NOON, commands


class TestRemoveCannedReply:
    def test_takes_it_out_and_keeps_a_record(self, store: Store) -> None:
        with store.write() as session:
            made = add_canned_reply(session, caller=SUE, title="Hello", text="Hello.", now=NOON).id
        with store.write() as session:
            remove_canned_reply(session, caller=SUE, reply_id=made)
        with store.read() as session:
            assert list_replies(session, after=None, limit=5) == []
        assert commands(store) == ["add-canned-reply", "remove-canned-reply"]
        with store.write() as session, pytest.raises(ReplyNotFound):
            remove_canned_reply(session, caller=SUE, reply_id=made)
