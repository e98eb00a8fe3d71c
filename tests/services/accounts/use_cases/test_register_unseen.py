"""Registering where nobody learns who is a customer already."""

from dataclasses import replace
from typing import Any

import pytest

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account import CustomerNotVerified
from services.accounts.domain.customer import PasswordRefused, Person
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.store.customer_queries import list_customers
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Applicant
from services.accounts.use_cases.register_unseen import register_unseen
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from tests.services.accounts.conftest import ADA, BEN, HOME, PASSWORD
from tests.services.accounts.neighbours import Neighbours, clients_of

KEY = RequestKey("applicant:ada", "POST /api/v1/customers", "k", "f")
ALIKE = (202, '{"status":"confirm-email"}')


class TestRegisterUnseen:
    @pytest.fixture(autouse=True)
    def _world(self, store: Store, identity: IdentityClient, ledger: LedgerClient, neighbours: Neighbours) -> None:
        self.store, self.identity, self.ledger, self.neighbours = store, identity, ledger, neighbours

    def registered(self, person: Person = ADA, *, password: str = PASSWORD, **more: Any) -> Settled:
        return register_unseen(
            self.store,
            self.identity,
            self.ledger,
            applicant=Applicant(person, HOME, more.pop("account", None)),
            password=password,
            **more,
        )

    def customers(self) -> int:
        with self.store.read() as session:
            return len(list_customers(session, after=None, limit=9))

    def test_answers_new_and_known_persons_alike(self) -> None:
        for person in (ADA, ADA, replace(BEN, email=ADA.email), replace(BEN, phone=ADA.phone)):
            settled = self.registered(person)
            assert (settled.status, settled.body) == ALIKE
        assert self.customers() == 1

    def test_tells_the_owner_of_the_address_alone(self) -> None:
        self.registered()
        assert self.neighbours.told == []
        self.registered()
        self.registered(replace(BEN, phone=ADA.phone))
        assert self.neighbours.told == [ADA.email, BEN.email]

    def test_a_known_person_s_password_is_checked_as_a_new_one_s(self) -> None:
        for person in (ADA, BEN):
            self.registered()
            with pytest.raises(PasswordRefused):
                self.registered(person, password="short")

    def test_leaves_the_customer_to_be_verified_and_opens_no_account(self) -> None:
        self.registered()
        with self.store.read() as session:
            assert [one.kyc_level for one in list_customers(session, after=None, limit=9)] == [0]
        with pytest.raises(CustomerNotVerified):
            self.registered(BEN, account=AccountTerms("current"))

    def test_gives_the_first_answer_to_a_key_for_both(self) -> None:
        for _ in range(2):
            first, again = self.registered(request=KEY), self.registered(request=KEY)
            assert (again.status, again.body, again.replayed) == (202, first.body, True)
        with pytest.raises(KeyReused):
            self.registered(request=replace(KEY, fingerprint="other"))

    def test_goes_on_under_the_key_after_a_failure(self) -> None:
        self.neighbours.down = {"identity"}
        with pytest.raises(Unavailable):
            self.registered(request=KEY)
        self.neighbours.down = set()
        self.identity, self.ledger = clients_of(self.neighbours, AccountsSettings(environment="sandbox"))
        assert (self.registered(request=KEY).status, self.customers()) == (202, 1)

    def test_gives_the_key_back_after_a_refusal(self) -> None:
        with pytest.raises(PasswordRefused):
            self.registered(password="short", request=KEY)
        assert self.registered(request=replace(KEY, fingerprint="other")).status == 202
