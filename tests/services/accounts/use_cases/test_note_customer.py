"""Notes on customers."""

import pytest

from services.accounts.domain.customer import CustomerNotFound
from services.accounts.store.customer_queries import note_rows
from services.accounts.use_cases.note_customer import note_customer
from tests.services.accounts.conftest import TESS, Lives, Register


class TestNoteCustomer:
    def test_says_who_wrote_it(self, lives: Lives, register: Register) -> None:
        customer_id = str(register().customer_id)
        with lives.store.write() as session:
            note_customer(session, caller=TESS, customer_id=customer_id, text="prefers calls")
            with pytest.raises(CustomerNotFound):
                note_customer(session, caller=TESS, customer_id="none", text="?")
        with lives.store.read() as session:
            assert [(row.text, row.by) for row in note_rows(session, customer_id, after=None, limit=9)] == [
                ("prefers calls", "tess")
            ]
