"""Opening an account as a saga with the ledger."""

import json

import pytest
from sqlmodel import select

from services.accounts.clients.transactions import LedgerClient
from services.accounts.store.answer_store import Settled
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from services.accounts.use_cases.open_account import open_account
from services.accounts.use_cases.push_contract import push_contract
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from tests.services.accounts.conftest import Register, key_of
from tests.services.accounts.neighbours import Neighbours

SAVINGS = AccountTerms("savings")


@pytest.fixture
def ada(register: Register) -> Caller:
    return register()


def numbers(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(AccountRow.account_number)))


class TestOpenAccount:
    def opened(self, store: Store, ledger: LedgerClient, ada: Caller, key: str = "k1") -> Settled:
        return open_account(store, ledger, caller=ada, customer_id=None, terms=SAVINGS, request=key_of(ada, key))

    def test_is_open_once_the_ledger_holds_the_contract(
        self, store: Store, ledger: LedgerClient, ada: Caller, neighbours: Neighbours
    ) -> None:
        settled = self.opened(store, ledger, ada)
        account = json.loads(settled.body)
        assert (settled.status, account["status"]) == (201, "open")
        assert neighbours.contracts[account["id"]] == {
            "version": 1,
            "account_number": account["account_number"],
            "owners": [ada.customer_id],
            "holder_name": "Ada Lovelace",
            "mandate": "either",
            "product": "savings",
            "currency": "EUR",
            "branch_id": "main",
            "min_balance_minor": 1000,
            "overdraft_limit_minor": 0,
            "limits": {"kyc_level": 2},
            "customer_may_deposit": False,
            "status": "open",
            "freeze": "none",
            "waived_fees": [],
        }

    def test_is_opening_while_the_ledger_is_down_and_open_once_the_worker_reached_it(
        self, store: Store, ledger: LedgerClient, ada: Caller, neighbours: Neighbours
    ) -> None:
        neighbours.down = {"transactions"}
        settled = self.opened(store, ledger, ada)
        account = json.loads(settled.body)
        assert (settled.status, account["status"], account["opened_at"]) == (202, "opening", None)
        neighbours.down = set()
        # The breaker of the request's client may still rest: the worker has a client of its own.
        from services.accounts.settings import AccountsSettings
        from tests.services.accounts.neighbours import clients_of

        own = clients_of(neighbours, AccountsSettings(environment="sandbox"))[1]
        assert push_contract(store, own, account_id=account["id"]).status == "open"

    def test_gives_the_first_answer_again(
        self, store: Store, ledger: LedgerClient, ada: Caller, neighbours: Neighbours
    ) -> None:
        neighbours.down = {"transactions"}
        first = self.opened(store, ledger, ada)
        neighbours.down = set()
        again = self.opened(store, ledger, ada)
        assert (again.status, again.body, again.replayed) == (202, first.body, True)
        assert len(numbers(store)) == 1

    def test_goes_on_with_the_same_account_after_a_crash_between_its_steps(
        self, store: Store, ledger: LedgerClient, ada: Caller
    ) -> None:
        begun = begin_opening(store, caller=ada, customer_id=None, terms=SAVINGS, request=key_of(ada))
        settled = self.opened(store, ledger, ada)
        assert json.loads(settled.body)["id"] == begun
        assert settled.status == 201
        assert len(numbers(store)) == 1

    def test_refuses_a_key_with_another_body(self, store: Store, ledger: LedgerClient, ada: Caller) -> None:
        self.opened(store, ledger, ada)
        request = key_of(ada, fingerprint="another")
        with pytest.raises(KeyReused):
            open_account(store, ledger, caller=ada, customer_id=None, terms=SAVINGS, request=request)

    def test_gives_every_account_a_number_of_its_own(self, store: Store, ledger: LedgerClient, ada: Caller) -> None:
        for key in ("a", "b", "c"):
            self.opened(store, ledger, ada, key)
        assert len(set(numbers(store))) == 3
