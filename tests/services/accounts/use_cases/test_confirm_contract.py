"""Confirming that the ledger holds a contract."""

from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from services.accounts.use_cases.confirm_contract import confirm_contract
from shared.store.engine import Store
from shared.store.outbox_queries import events_after
from tests.services.accounts.conftest import Register, key_of


class TestConfirmContract:
    def test_opens_the_account_and_says_so_once(self, store: Store, register: Register) -> None:
        ada = register()
        terms = AccountTerms("current")
        account_id = str(begin_opening(store, caller=ada, customer_id=None, terms=terms, request=key_of(ada)))
        first = confirm_contract(store, account_id=account_id, version=1)
        assert confirm_contract(store, account_id=account_id, version=1) == first
        assert first.status == "open"
        with store.read() as session:
            told = [e["data"] for e in events_after(session, 0, 9) if e["type"] == "bank.accounts.account-opened.v1"]
        assert told == [
            {
                "account_id": account_id,
                "owners": [ada.customer_id],
                "product": "current",
                "currency": "EUR",
                "branch_id": "main",
            }
        ]
