"""Beginning to register a customer."""

from dataclasses import replace

import pytest
from sqlmodel import select

from services.accounts.domain.customer import Address, AlreadyRegistered, Person
from services.accounts.domain.product import UnknownProduct
from services.accounts.store.customer_queries import present_address
from services.accounts.store.tables import PLUMBING, CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Applicant, Begun, begin_registration
from shared.store.engine import Store
from tests.services.accounts.conftest import ADA, BEN, HOME

PARIS = Address("Rue 1", "Paris", "Paris", "75001", "FR")


def begin(store: Store, person: Person = ADA, address: Address = HOME, account: AccountTerms | None = None) -> Begun:
    begun = begin_registration(store, applicant=Applicant(person, address, account), request=None)
    assert isinstance(begun, Begun)
    return begun


class TestBeginRegistration:
    def test_writes_a_pending_customer_and_a_job_that_ends_it(self, store: Store) -> None:
        begun = begin(store)
        with store.read() as session:
            assert session.get_one(CustomerRow, begun.customer_id).status == "pending"
            jobs = session.execute(select(PLUMBING.jobs.c.kind, PLUMBING.jobs.c.payload)).all()
        assert [tuple(job) for job in jobs] == [
            ("complete_registration", {"customer_id": begun.customer_id, "attempt": 1, "account": None})
        ]

    def test_resumes_its_own_row_with_the_newest_details(self, store: Store) -> None:
        first = begin(store)
        second = begin(store, replace(ADA, first_name="Augusta"), PARIS)
        assert (second.customer_id, second.attempt) == (first.customer_id, 2)
        with store.read() as session:
            assert session.get_one(CustomerRow, first.customer_id).first_name == "Augusta"
            assert present_address(session, first.customer_id) == PARIS

    def test_refuses_a_phone_number_that_somebody_is_registering_with(self, store: Store) -> None:
        begin(store)
        with pytest.raises(AlreadyRegistered):
            begin(store, replace(BEN, phone=ADA.phone))

    def test_writes_nothing_when_the_wanted_account_is_none_of_the_banks(self, store: Store) -> None:
        with pytest.raises(UnknownProduct):
            begin(store, account=AccountTerms("gold"))
        with store.read() as session:
            assert session.exec(select(CustomerRow)).all() == []
