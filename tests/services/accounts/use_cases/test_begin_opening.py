"""Beginning to open an account."""

import pytest
from sqlmodel import select, update

from services.accounts.domain.account import CustomerNotVerified, OwnerRequired
from services.accounts.domain.branch import UnknownBranch
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.domain.product import CurrencyNotOffered, UnknownProduct
from services.accounts.store.account_queries import owners_of
from services.accounts.store.tables import PLUMBING, AccountRow, CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms, begin_opening
from services.accounts.use_cases.change_product import change_product
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.store.engine import Store
from tests.services.accounts.conftest import BEN, TESS, Register, key_of


class TestBeginOpening:
    def begun(self, store: Store, caller: Caller, terms: AccountTerms, customer_id: str | None = None) -> str:
        begun = begin_opening(store, caller=caller, customer_id=customer_id, terms=terms, request=key_of(caller))
        assert isinstance(begun, str)
        return begun

    def test_leaves_a_job_that_will_push_the_contract(self, store: Store, register: Register) -> None:
        account_id = self.begun(store, register(), AccountTerms("current"))
        with store.read() as session:
            assert session.get_one(AccountRow, account_id).status == "opening"
            jobs = session.execute(select(PLUMBING.jobs.c.payload).where(PLUMBING.jobs.c.kind == "push_contract"))
            assert [payload["account_id"] for (payload,) in jobs] == [account_id]

    def test_lets_staff_open_for_a_customer(self, store: Store, register: Register) -> None:
        ada = register()
        account_id = self.begun(store, TESS, AccountTerms("current"), ada.customer_id)
        with store.read() as session:
            assert owners_of(session, account_id) == [ada.customer_id]

    def test_refuses_staff_who_name_no_customer(self, store: Store) -> None:
        with pytest.raises(OwnerRequired):
            self.begun(store, TESS, AccountTerms("current"))

    def test_treats_another_customer_as_a_missing_one(self, store: Store, register: Register) -> None:
        ada, ben = register(), register(BEN)
        for customer_id in (ben.customer_id, "nobody"):
            with pytest.raises(CustomerNotFound):
                self.begun(store, ada, AccountTerms("current"), customer_id)

    def test_treats_another_branchs_customer_as_a_missing_one(self, store: Store, register: Register) -> None:
        ada = register()
        for role in ("teller", "officer"):
            desk = Caller(user_id="nora", roles=frozenset({role}), branch_id="north")
            with pytest.raises(CustomerNotFound):
                self.begun(store, desk, AccountTerms("current"), ada.customer_id)

    @pytest.mark.parametrize(
        ("terms", "refusal"),
        [
            (AccountTerms("gold"), UnknownProduct),
            (AccountTerms("current", branch_id="moon"), UnknownBranch),
            (AccountTerms("current", currency="USD"), CurrencyNotOffered),
        ],
    )
    def test_refuses_terms_that_are_none_of_the_banks(
        self, store: Store, register: Register, terms: AccountTerms, refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            self.begun(store, register(), terms)

    def test_lets_only_staff_open_what_customers_may_not(self, store: Store, register: Register) -> None:
        ada = register()
        with store.write() as session:
            note, changes = "closed to newcomers", {"open_to_customers": False}
            change_product(
                session, caller=TESS, code="current", seen_version=1, changes=changes, effective_from=None, note=note
            )
        with pytest.raises(UnknownProduct):
            self.begun(store, ada, AccountTerms("current"))
        assert self.begun(store, TESS, AccountTerms("current"), ada.customer_id)

    def test_refuses_a_customer_the_bank_does_not_know_yet(self, store: Store, register: Register) -> None:
        ada = register()
        with store.write() as session:
            session.execute(update(CustomerRow).values(kyc_state="applied"))
        with pytest.raises(CustomerNotVerified):
            self.begun(store, ada, AccountTerms("current"))
