"""Registering a customer as a saga with identity and the ledger."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.customer import AlreadyRegistered, PasswordRefused, Person
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.store.customer_queries import list_customers
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Applicant
from services.accounts.use_cases.register_customer import register_customer
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.accounts.conftest import ADA, BEN, HOME, PASSWORD, Register
from tests.services.accounts.neighbours import Neighbours, clients_of

KEY = RequestKey("applicant:ada", "POST /api/v1/customers", "k", "f")


class TestRegisterCustomer:
    @pytest.fixture(autouse=True)
    def _world(self, store: Store, identity: IdentityClient, ledger: LedgerClient, neighbours: Neighbours) -> None:
        self.store, self.identity, self.ledger, self.neighbours = store, identity, ledger, neighbours

    def registered(self, person: Person = ADA, *, password: str = PASSWORD, **more: Any) -> Settled:
        return register_customer(
            self.store,
            self.identity,
            self.ledger,
            applicant=Applicant(person, HOME, more.pop("account", None)),
            password=password,
            verified_at_once=True,
            **more,
        )

    def customers(self) -> list[str]:
        with self.store.read() as session:
            return [customer.id for customer in list_customers(session, after=None, limit=9)]

    def test_answers_customer_login_and_account(self) -> None:
        settled = self.registered(account=AccountTerms("current"))
        answer = json.loads(settled.body)
        assert settled.status == 201
        assert answer["user_id"] == answer["customer"]["user_id"] == f"user-of-{answer['customer']['id']}"
        assert (answer["customer"]["kyc_state"], answer["customer"]["kyc_level"]) == ("verified", 2)
        assert answer["account"]["status"] == "open"
        assert answer["account"]["owners"] == [answer["customer"]["id"]]

    @pytest.mark.sqlite  # reads the store's own file
    def test_keeps_the_password_nowhere(self) -> None:
        self.registered(request=KEY)
        self.store.writer.dispose()
        files = [path.read_bytes() for path in self.store.path.parent.iterdir() if path.is_file()]
        assert not any(PASSWORD.encode() in content for content in files)

    def test_refuses_an_address_or_number_that_is_taken(self) -> None:
        self.registered()
        for person in (replace(BEN, email=ADA.email), replace(BEN, phone=ADA.phone)):
            with pytest.raises(AlreadyRegistered):
                self.registered(person)
        assert len(self.customers()) == 1

    def test_shows_nothing_while_identity_is_down_and_resumes_under_the_same_id(self) -> None:
        self.neighbours.down = {"identity"}
        with pytest.raises(Unavailable):
            self.registered()
        assert self.customers() == []
        with self.store.read() as session:
            pending = session.exec(select(CustomerRow.id)).one()
        self.neighbours.down = set()
        self.identity, self.ledger = clients_of(self.neighbours, AccountsSettings(environment="sandbox"))
        assert json.loads(self.registered().body)["customer"]["id"] == pending

    def test_finds_the_login_again_when_its_answer_was_lost(self) -> None:
        self.neighbours.lost_answers = {"identity"}
        with pytest.raises(Unavailable):
            self.registered()
        self.neighbours.lost_answers = set()
        self.identity, self.ledger = clients_of(self.neighbours, AccountsSettings(environment="sandbox"))
        self.registered()
        assert len(self.neighbours.logins) == len(self.customers()) == 1

    def test_gives_the_first_answer_to_the_same_key(self) -> None:
        first = self.registered(account=AccountTerms("current"), request=KEY)
        again = self.registered(account=AccountTerms("current"), request=KEY)
        assert (again.status, again.body, again.replayed) == (201, first.body, True)
        assert len(self.neighbours.contracts) == 1

    def test_opens_the_account_later_when_the_ledger_is_down(self) -> None:
        self.neighbours.down = {"transactions"}
        settled = self.registered(account=AccountTerms("current"))
        assert (settled.status, json.loads(settled.body)["account"]["status"]) == (201, "opening")

    def test_passes_on_that_a_password_is_too_weak(self) -> None:
        with pytest.raises(PasswordRefused) as refusal:
            self.registered(password="short")
        assert refusal.value.numbers == {"reason": "identity.password-too-short"}
        assert self.customers() == []

    def test_frees_the_phone_number_when_identity_refuses(self) -> None:
        with pytest.raises(PasswordRefused):
            self.registered(password="short")
        assert self.registered(replace(BEN, phone=ADA.phone)).status == 201

    def test_lets_one_of_many_at_once_in_with_the_password_that_they_gave(self) -> None:
        def one(number: int) -> str | None:
            try:
                self.registered(password=f"{PASSWORD}-{number}")
            except AlreadyRegistered:
                return None
            return f"{PASSWORD}-{number}"

        with ThreadPoolExecutor(8) as pool:
            passwords = [password for password in pool.map(one, range(16)) if password]
        assert passwords == [self.neighbours.newest_password]
        assert self.neighbours.seen_passwords == len(self.customers()) == 1

    def test_answers_many_at_once_under_one_key_once(self) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: self.registered(request=KEY), range(8)))
        assert len({answer.body for answer in answers}) == 1
        assert [answer.replayed for answer in answers].count(False) == 1

    def test_goes_on_with_its_own_details_under_a_key_that_was_cut_off(self) -> None:
        self.cut_off(request=KEY)
        self.cut_off(replace(ADA, first_name="Augusta"))
        assert json.loads(self.registered(request=KEY).body)["customer"]["first_name"] == "Ada"

    def test_shows_nobody_elses_registration_under_a_key_that_was_cut_off(self) -> None:
        self.cut_off(request=KEY)
        self.registered(replace(ADA, first_name="Augusta", phone="+4930333333"))
        with pytest.raises(AlreadyRegistered):
            self.registered(request=KEY)

    def cut_off(self, person: Person = ADA, **more: Any) -> None:
        self.neighbours.down = {"identity"}
        with pytest.raises(Unavailable):
            self.registered(person, **more)
        self.neighbours.down = set()
        self.identity, self.ledger = clients_of(self.neighbours, AccountsSettings(environment="sandbox"))

    def test_makes_every_customer_one_of_their_own(self, register: Register) -> None:
        assert register().customer_id != register(BEN).customer_id
