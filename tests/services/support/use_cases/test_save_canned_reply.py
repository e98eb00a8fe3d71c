"""Canned replies are kept and changed."""

import pytest

from services.support.domain.ticket import ReplyNotFound, VersionMismatch
from services.support.store.desk_store import list_replies
from services.support.use_cases.save_canned_reply import add_canned_reply, change_canned_reply
from shared.store.engine import Store
from tests.services.support.conftest import SUE
from tests.services.support.tickets import NOON


def change(store: Store, reply_id: str, seen_version: int = 1) -> None:
    with store.write() as session:
        change_canned_reply(
            session,
            caller=SUE,
            reply_id=reply_id,
            seen_version=seen_version,
            title=None,
            text="Good day.",
            now=NOON,
        )


class TestSaveCannedReply:
    def test_changes_what_is_given(self, store: Store) -> None:
        with store.write() as session:
            made = add_canned_reply(session, caller=SUE, title="Hello", text="Hello.", now=NOON).id
        change(store, made)
        with pytest.raises(VersionMismatch):
            change(store, made)
        with store.read() as session:
            (reply,) = list_replies(session, after=None, limit=5)
        assert (reply.title, reply.text, reply.version) == ("Hello", "Good day.", 2)

    def test_needs_one(self, store: Store) -> None:
        with pytest.raises(ReplyNotFound):
            change(store, "x")
