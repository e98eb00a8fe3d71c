"""Editing an account."""

import json

import pytest
from sqlalchemy import select

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.views import AccountView
from services.accounts.store.account_queries import account_history
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.edit_account import edit_account
from services.accounts.use_cases.open_account import open_account
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.outbox_queries import head
from tests.services.accounts.conftest import BEN, Register, key_of


class TestEditAccount:
    @pytest.fixture
    def ada(self, register: Register) -> Caller:
        return register()

    @pytest.fixture
    def account_id(self, store: Store, ledger: LedgerClient, ada: Caller) -> str:
        terms = AccountTerms("current")
        settled = open_account(store, ledger, caller=ada, customer_id=None, terms=terms, request=key_of(ada))
        return str(json.loads(settled.body)["id"])

    def edit(self, store: Store, caller: Caller, account_id: str, nickname: str | None, seen: int) -> AccountView:
        return edit_account(
            store, caller=caller, account_id=account_id, seen_version=seen, nickname=nickname, note="why"
        )

    def test_keeps_old_new_by_and_note(self, store: Store, ada: Caller, account_id: str) -> None:
        assert self.edit(store, ada, account_id, "Rent", 1).version == 2
        assert self.edit(store, ada, account_id, None, 2).nickname is None
        with store.read() as session:
            edits = account_history(session, account_id, after=None, limit=9)
            audit = PLUMBING.audit
            told = session.execute(select(audit.c.reason).where(audit.c.command == "edit-account")).all()
        assert [tuple(one) for one in told] == [("why",), ("why",)]
        assert [(e.field, e.old, e.new, e.by, e.note) for e in edits] == [
            ("nickname", None, "Rent", ada.user_id, "why"),
            ("nickname", "Rent", None, ada.user_id, "why"),
        ]

    def test_refuses_a_version_seen_too_long_ago(self, store: Store, ada: Caller, account_id: str) -> None:
        self.edit(store, ada, account_id, "Rent", 1)
        with pytest.raises(VersionMismatch) as refusal:
            self.edit(store, ada, account_id, "Food", 1)
        assert refusal.value.numbers == {"current_version": 2}

    def test_leaves_no_trace_of_no_change(self, store: Store, ada: Caller, account_id: str) -> None:
        with store.read() as session:
            before = head(session)
        assert self.edit(store, ada, account_id, None, 1).version == 1
        with store.read() as session:
            assert head(session) == before
            assert account_history(session, account_id, after=None, limit=9) == []

    def test_hides_another_customers_account(self, store: Store, register: Register, account_id: str) -> None:
        with pytest.raises(AccountNotFound):
            self.edit(store, register(BEN), account_id, "Mine", 1)
