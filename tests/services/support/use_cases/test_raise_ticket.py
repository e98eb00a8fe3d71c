"""Raising a ticket."""

import pytest

from services.support.domain.ticket import UnknownAccount
from services.support.use_cases.raise_ticket import check_account
from shared.contracts.support import TicketRaised
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.support.conftest import ADA, BEN, AccountsDouble
from tests.services.support.tickets import commands, facts, given_ticket


class TestRaiseTicket:
    def test_gives_every_ticket_the_next_number(self, store: Store) -> None:
        assert [given_ticket(store, who).number for who in (ADA, BEN, ADA)] == ["T-100001", "T-100002", "T-100003"]

    def test_tells_ids_and_no_text(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        expected = {
            "ticket_id": ticket.id,
            "number": "T-100001",
            "customer_id": "customer-ada",
            "user_id": "user-ada",
            "ticket_type": "technical",
        }
        assert facts(store) == [(TicketRaised.type, expected)]
        assert commands(store) == ["raise-ticket"]


class TestCheckAccount:
    def test_lets_an_own_account_pass(self) -> None:
        check_account(accounts=AccountsDouble({"a1": ["ada"]}).client(), customer_id="ada", account_id="a1")

    def test_refuses_anothers_account_like_a_missing_one(self) -> None:
        accounts = AccountsDouble({"a1": ["ben"]}).client()
        for account_id in ("a1", "a2"):
            with pytest.raises(UnknownAccount) as refused:
                check_account(accounts=accounts, customer_id="ada", account_id=account_id)
            assert refused.value.numbers == {}

    def test_waits_for_accounts_to_be_back(self) -> None:
        with pytest.raises(Unavailable):
            check_account(accounts=AccountsDouble(down=True).client(), customer_id="ada", account_id="a1")
