"""The account on the other side of cash."""

from services.transactions.use_cases.counter import counter_account
from tests.services.transactions.conftest import ADA, TESS


class TestCounterAccount:
    def test_is_the_branchs_cash_for_a_teller_and_clearing_for_a_customer(self) -> None:
        assert counter_account(TESS, "EUR").kind == "cash"
        assert counter_account(ADA, "EUR").kind == "clearing"

    def test_is_the_same_account_every_time_and_another_per_currency(self) -> None:
        assert counter_account(TESS, "EUR").id == counter_account(TESS, "EUR").id
        assert counter_account(TESS, "EUR").id != counter_account(TESS, "JPY").id
