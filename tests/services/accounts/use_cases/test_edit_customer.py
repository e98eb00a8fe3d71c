"""Editing a customer's own details."""

import pytest
from sqlalchemy import select

from services.accounts.domain.customer import Address, AlreadyRegistered, CustomerNotFound
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.views import CustomerView
from services.accounts.store.customer_queries import customer_history
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.edit_customer import edit_customer
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.accounts.conftest import BEN, Register

PARIS = Address("Rue 1", "Paris", "Paris", "75001", "FR")


class TestEditCustomer:
    def edit(
        self, store: Store, caller: Caller, fields: dict[str, object], address: Address | None = None, seen: int = 1
    ) -> CustomerView:
        return edit_customer(
            store,
            caller=caller,
            customer_id=str(caller.customer_id),
            seen_version=seen,
            fields=fields,
            address=address,
            note="she told us",
        )

    def test_keeps_each_field_before_and_after(self, store: Store, register: Register) -> None:
        ada = register()
        view = self.edit(store, ada, {"occupation": "Analyst"}, PARIS)
        assert (view.version, view.occupation) == (2, "Analyst")
        assert view.address is not None
        assert view.address.city == "Paris"
        with store.read() as session:
            edits = customer_history(session, view.id, after=None, limit=9)
            audit = PLUMBING.audit
            told = session.execute(select(audit.c.reason).where(audit.c.command == "edit-customer")).scalars().all()
        assert (list(told), {edit.note for edit in edits}) == (["she told us"], {"she told us"})
        assert [edit.field for edit in edits] == ["occupation", "address"]
        assert isinstance(edits[1].old, dict)
        assert edits[1].old["city"] == "Berlin"

    def test_refuses_another_customers_phone_number(self, store: Store, register: Register) -> None:
        ada = register()
        register(BEN)
        with pytest.raises(AlreadyRegistered):
            self.edit(store, ada, {"phone": BEN.phone})

    def test_changes_nothing_when_nothing_differs(self, store: Store, register: Register) -> None:
        assert self.edit(store, register(), {"occupation": None}).version == 1

    def test_refuses_a_version_seen_too_long_ago(self, store: Store, register: Register) -> None:
        with pytest.raises(VersionMismatch):
            self.edit(store, register(), {"occupation": "Analyst"}, seen=7)

    def test_refuses_who_is_no_customer(self, store: Store) -> None:
        with pytest.raises(CustomerNotFound):
            self.edit(store, Caller(user_id="u", customer_id="none"), {})
