"""Pushing a contract to the ledger."""

import pytest

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import AccountNotFound
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from services.accounts.use_cases.push_contract import push_contract
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.accounts.conftest import Register, key_of
from tests.services.accounts.neighbours import Neighbours


class TestPushContract:
    def opening(self, store: Store, register: Register) -> str:
        ada = register()
        return str(
            begin_opening(store, caller=ada, customer_id=None, terms=AccountTerms("current"), request=key_of(ada))
        )

    def test_opens_the_account(self, store: Store, ledger: LedgerClient, register: Register) -> None:
        account_id = self.opening(store, register)
        assert push_contract(store, ledger, account_id=account_id).status == "open"

    def test_asks_the_ledger_nothing_when_it_holds_the_contract(
        self, store: Store, ledger: LedgerClient, register: Register, neighbours: Neighbours
    ) -> None:
        account_id = self.opening(store, register)
        push_contract(store, ledger, account_id=account_id)
        neighbours.down = {"transactions"}
        assert push_contract(store, ledger, account_id=account_id).status == "open"

    def test_leaves_the_account_opening_when_the_answer_is_lost(
        self, store: Store, ledger: LedgerClient, register: Register, neighbours: Neighbours
    ) -> None:
        account_id = self.opening(store, register)
        neighbours.lost_answers = {"transactions"}
        with pytest.raises(Unavailable):
            push_contract(store, ledger, account_id=account_id)
        assert account_id in neighbours.contracts

    def test_refuses_an_account_that_is_missing(self, store: Store, ledger: LedgerClient) -> None:
        with pytest.raises(AccountNotFound):
            push_contract(store, ledger, account_id="none")
