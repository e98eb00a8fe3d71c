"""Addresses of several kinds."""

from datetime import timedelta

import pytest

from services.accounts.domain.customer import BadValidity
from services.accounts.store.customer_queries import address_rows, present_address
from services.accounts.use_cases.add_address import add_address
from shared.clock import bank_now
from tests.services.accounts.conftest import HOME, Lives, Register


class TestAddAddress:
    def test_keeps_the_earlier_ones_and_does_not_move_the_home_by_another_kind(
        self, lives: Lives, register: Register
    ) -> None:
        ada, today = register(), bank_now().date()
        with lives.store.write() as session:
            given = {"caller": ada, "customer_id": str(ada.customer_id), "address": HOME, "kind": "work"}
            add_address(session, **given, valid_from=None, valid_until=today + timedelta(days=1))
            with pytest.raises(BadValidity):
                add_address(session, **given, valid_from=today, valid_until=today)
        with lives.store.read() as session:
            rows = address_rows(session, str(ada.customer_id))
            assert [(row.type, row.valid_from) for row in rows] == [("home", None), ("work", today)]
            assert present_address(session, str(ada.customer_id)) == HOME
        assert lives.facts()[-1] == "customer-changed"
