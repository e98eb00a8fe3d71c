"""Registering where nobody learns who is a customer already."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.customer import PasswordRefused, Person
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled
from services.accounts.store.customer_queries import list_customers
from services.accounts.store.tables import AccountRow, CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms
from services.accounts.use_cases.begin_registration import Applicant
from services.accounts.use_cases.decide_kyc import decide_kyc
from services.accounts.use_cases.push_contract import push_contract
from services.accounts.use_cases.register_unseen import register_unseen
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from tests.services.accounts.conftest import ADA, BEN, HOME, OLU, PASSWORD
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

    def test_leaves_the_customer_to_be_verified_and_the_account_to_wait_for_that(self) -> None:
        assert self.registered(account=AccountTerms("current")).body == ALIKE[1]
        with self.store.read() as session:
            [ada] = list_customers(session, after=None, limit=9)
            wished = session.get_one(CustomerRow, ada.id).wanted_account
            assert session.exec(select(AccountRow)).all() == []
        assert (ada.kyc_level, wished and wished["product"]) == (0, "current")
        for state, level in (("verifying", None), ("verified", 1)):
            with self.store.write() as session:
                decide_kyc(session, caller=OLU, customer_id=ada.id, state=state, level=level, reason=None)
        with self.store.read() as session:
            [account] = session.exec(select(AccountRow)).all()
            assert session.get_one(CustomerRow, ada.id).wanted_account is None
        assert (account.product, account.status) == ("current", "opening")
        push_contract(self.store, self.ledger, account_id=account.id)
        assert self.neighbours.contracts[account.id]["owners"] == [ada.id]

    def test_opens_nothing_that_the_bank_no_longer_offers_when_it_knows_the_customer(self) -> None:
        self.registered(account=AccountTerms("current"))
        with self.store.write() as session:
            [ada] = list_customers(session, after=None, limit=9)
            session.get_one(CustomerRow, ada.id).wanted_account = {"product": "gold"}
            decide_kyc(session, caller=OLU, customer_id=ada.id, state="verifying", level=None, reason=None)
            decide_kyc(session, caller=OLU, customer_id=ada.id, state="verified", level=1, reason=None)
        with self.store.read() as session:
            assert session.exec(select(AccountRow)).all() == []
            row = session.get_one(CustomerRow, ada.id)
            assert (row.kyc_state, row.wanted_account) == ("verified", None)

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
