"""Activating a customer whose login exists."""

import pytest
from sqlmodel import select

from services.accounts.domain.customer import AlreadyRegistered
from services.accounts.store.tables import AccountRow, CustomerRow
from services.accounts.use_cases.activate_customer import activate_customer
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Begun
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.outbox_queries import events_after
from tests.services.accounts.use_cases.test_begin_registration import begin


class TestActivateCustomer:
    def activate(
        self, store: Store, begun: Begun, account: AccountTerms | None = None, *, at_once: bool = True
    ) -> str | None:
        return activate_customer(
            store,
            customer_id=begun.customer_id,
            attempt=begun.attempt,
            user_id="user",
            account=account,
            verified_at_once=at_once,
        )

    def test_says_so_once_however_often_the_attempt_ends(self, store: Store) -> None:
        begun = begin(store)
        for _ in range(2):
            self.activate(store, begun, AccountTerms("current"))
        with store.read() as session:
            told = [(event["type"], event["data"]) for event in events_after(session, 0, 9)]
            assert len(session.exec(select(AccountRow)).all()) == 1
        data = {"customer_id": begun.customer_id, "user_id": "user", "branch_id": "main"}
        assert told == [("bank.accounts.customer-registered.v1", data)]

    def test_refuses_the_slower_of_two_attempts(self, store: Store) -> None:
        slow = begin(store)
        fast = begin(store)
        with pytest.raises(Unavailable):
            self.activate(store, slow)
        self.activate(store, fast)
        with pytest.raises(AlreadyRegistered):
            self.activate(store, slow)

    def test_leaves_verification_to_an_officer_outside_the_sandbox(self, store: Store) -> None:
        begun = begin(store)
        self.activate(store, begun, at_once=False)
        with store.read() as session:
            row = session.get_one(CustomerRow, begun.customer_id)
        assert (row.status, row.kyc_state, row.kyc_level) == ("active", "applied", 0)
