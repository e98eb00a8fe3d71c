"""Seeing all of a customer, for a reason."""

import pytest
from sqlalchemy import select

from services.accounts.domain.customer import CustomerNotFound
from services.accounts.store.tables import PLUMBING
from services.accounts.use_cases.unmask_customer import UNMASK, unmask_customer
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import TESS, Lives, Register

NORA = Caller(user_id="nora", roles=frozenset({"teller"}), branch_id="north")


class TestUnmaskCustomer:
    def test_gives_all_and_keeps_the_reason_beside_the_look(self, lives: Lives, register: Register) -> None:
        customer_id = str(register().customer_id)
        with lives.store.write() as session:
            shown = unmask_customer(session, caller=TESS, customer_id=customer_id, reason="calls about a card")
        assert (shown.email, shown.phone, shown.date_of_birth) == ("ada@demo.bank", "+4930111111", "1990-12-10")
        audit = PLUMBING.audit
        with lives.store.read() as session:
            kept = session.execute(select(audit).where(audit.c.command == "look-at-customer")).one()
        assert (kept.user_id, kept.subject_id, kept.reason) == ("tess", customer_id, "calls about a card")
        assert kept.after == {"what": UNMASK, "roles": ["teller"], "branch_id": "main"}

    def test_answers_another_branch_as_if_there_were_none(self, lives: Lives, register: Register) -> None:
        customer_id = str(register().customer_id)
        for caller, wanted in ((NORA, customer_id), (TESS, "none")):
            with lives.store.write() as session, pytest.raises(CustomerNotFound):
                unmask_customer(session, caller=caller, customer_id=wanted, reason="curious")
