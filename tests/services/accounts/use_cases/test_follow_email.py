"""A customer's e-mail address follows their login."""

import pytest
from sqlmodel import select

from services.accounts.consumers.email_changed import consume
from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import PLUMBING, CustomerEditRow, CustomerRow
from services.accounts.use_cases.follow_email import FOLLOW_EMAIL, follow_email
from shared.contracts.envelope import Envelope
from shared.contracts.identity import EmailChanged
from shared.errors import Unavailable
from shared.store.engine import Store
from tests.services.accounts.conftest import BEN, Register

CAME = Envelope.model_construct(id="e1", source="bank.identity", lane=0, epoch=1, sequence=1)


def email_of(store: Store, customer_id: str | None) -> str:
    with store.read() as session:
        return session.get_one(CustomerRow, str(customer_id)).email


class TestFollowEmail:
    def test_is_written_once_with_a_history_and_a_fact(self, store: Store, register: Register) -> None:
        customer_id = str(register().customer_id)
        for _ in range(2):
            follow_email(store, customer_id=customer_id, email="ada2@demo.bank")
        assert email_of(store, customer_id) == "ada2@demo.bank"
        with store.read() as session:
            [edit] = session.exec(select(CustomerEditRow).where(CustomerEditRow.field == "email")).all()
            types = list(session.execute(select(PLUMBING.outbox.c.type).order_by(PLUMBING.outbox.c.sequence)).scalars())
            assert session.get_one(CustomerRow, customer_id).version == 2
        assert (edit.old, edit.new) == ("ada@demo.bank", "ada2@demo.bank")
        assert types[-1] == "bank.accounts.customer-changed.v1"

    def test_waits_for_an_address_that_another_record_has(self, store: Store, register: Register) -> None:
        ada, ben = register(), register(BEN)
        with pytest.raises(Unavailable):
            follow_email(store, customer_id=str(ada.customer_id), email=BEN.email)
        with store.write() as session:
            session.get_one(CustomerRow, str(ben.customer_id)).status = CustomerStatus.ABANDONED
        follow_email(store, customer_id=str(ada.customer_id), email=BEN.email)
        assert email_of(store, ada.customer_id) == BEN.email

    def test_passes_over_who_is_unknown(self, store: Store) -> None:
        follow_email(store, customer_id="nobody", email="ada2@demo.bank")


class TestFollowLater:
    def test_leaves_one_job_for_each_change_of_a_customer(self, store: Store) -> None:
        for customer_id in ("c1", "c1", None):
            with store.write() as session:
                consume(session, EmailChanged(user_id="u1", customer_id=customer_id, at="now"), CAME)
        with store.read() as session:
            [job] = session.execute(select(PLUMBING.jobs)).all()
        assert (job.kind, job.payload["customer_id"]) == (FOLLOW_EMAIL, "c1")
