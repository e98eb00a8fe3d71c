"""What an order's body may be."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.transactions.use_cases.orders import CashOrder, TransferOrder

GOOD: dict[str, Any] = {"account_id": "a", "amount_minor": 1, "currency": "EUR"}


class TestOrders:
    @pytest.mark.parametrize("amount", [True, "12", 1.0, 0, -1, 10**12 + 1, 2**63, None, [1], {}])
    def test_predecessor_d06_an_amount_is_an_integer_of_minor_units(self, amount: object) -> None:
        with pytest.raises(ValidationError):
            CashOrder.model_validate({**GOOD, "amount_minor": amount})

    @pytest.mark.parametrize("amount", [1, 10**12])
    def test_takes_the_ends_of_the_range(self, amount: int) -> None:
        assert CashOrder.model_validate({**GOOD, "amount_minor": amount}).amount_minor == amount

    def test_refuses_unknown_fields_and_control_characters(self) -> None:
        for change in ({"balance": 1}, {"description": "a\x00b"}, {"description": "x" * 141}, {"currency": "eur"}):
            with pytest.raises(ValidationError):
                CashOrder.model_validate({**GOOD, **change})

    def test_a_transfer_names_exactly_one_payee(self) -> None:
        body = {"from_account_id": "a", "amount_minor": 1, "currency": "EUR"}
        for payee in ({}, {"to_account_id": "b", "to_account_number": "DE00123"}):
            with pytest.raises(ValidationError):
                TransferOrder.model_validate({**body, **payee})
