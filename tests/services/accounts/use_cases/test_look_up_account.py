"""Looking up whose an account is."""

import json

import pytest

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.iban import BadAccountNumber, account_number_of
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.look_up_account import look_up_account
from services.accounts.use_cases.open_account import open_account
from shared.store.engine import Store
from tests.services.accounts.conftest import Register, key_of


class TestLookUpAccount:
    def test_tells_how_well_the_name_fits(self, store: Store, ledger: LedgerClient, register: Register) -> None:
        ada = register()
        terms = AccountTerms("current")
        settled = open_account(store, ledger, caller=ada, customer_id=None, terms=terms, request=key_of(ada))
        number = json.loads(settled.body)["account_number"]
        with store.read() as session:
            results = [
                look_up_account(session, account_number=number, name=name)
                for name in ("Ada Lovelace", "Ada Lovelase", "Ben Franklin")
            ]
        assert results == [("match", None), ("close", "Ada Lovelace"), ("none", None)]

    def test_answers_none_for_a_number_that_nobody_has(self, store: Store) -> None:
        with store.read() as session:
            found = look_up_account(session, account_number=account_number_of(counter=99), name="Ada Lovelace")
        assert found.result == "none"

    def test_cannot_tell_for_another_bank(self, store: Store) -> None:
        with store.read() as session:
            found = look_up_account(session, account_number="DE89 3704 0044 0532 0130 00", name="Ada")
        assert found.result == "unavailable"

    def test_refuses_a_wrong_check_digit(self, store: Store) -> None:
        with store.read() as session, pytest.raises(BadAccountNumber):
            look_up_account(session, account_number="DE88370400440532013000", name="Ada")
