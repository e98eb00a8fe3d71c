"""Abandoning a registration."""

from dataclasses import replace

from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.abandon_registration import abandon_registration
from shared.store.engine import Store
from tests.services.accounts.conftest import ADA, BEN
from tests.services.accounts.use_cases.test_begin_registration import begin


class TestAbandonRegistration:
    def status(self, store: Store, customer_id: str) -> str:
        with store.read() as session:
            return session.get_one(CustomerRow, customer_id).status

    def test_frees_the_phone_number_and_lets_the_same_person_resume(self, store: Store) -> None:
        begun = begin(store)
        abandon_registration(store, customer_id=begun.customer_id, attempt=begun.attempt)
        assert self.status(store, begun.customer_id) == "abandoned"
        assert begin(store, replace(BEN, phone=ADA.phone)).customer_id != begun.customer_id
        assert begin(store, replace(ADA, phone="+4930333333")).customer_id == begun.customer_id

    def test_leaves_a_newer_attempt_alone(self, store: Store) -> None:
        old, new = begin(store), begin(store)
        abandon_registration(store, customer_id=old.customer_id, attempt=old.attempt)
        assert self.status(store, new.customer_id) == "pending"
