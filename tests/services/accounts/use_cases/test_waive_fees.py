"""Waiving fees of one account."""

from dataclasses import replace
from datetime import date

import pytest

from services.accounts.domain.product import Fee, FeeNotWaivable, Product
from services.accounts.store.tables import AccountRow
from services.accounts.use_cases.change_product import create_product
from services.accounts.use_cases.waive_fees import waive_fees
from shared.clock import bank_now
from tests.services.accounts.conftest import ADA, OLU, SAM, Register
from tests.services.accounts.lives import Lives

PLUS = Product(
    "plus",
    "Plus account",
    ("EUR",),
    fees=(Fee("monthly", 490, "EUR", waivable=True), Fee("per-item", 10, "EUR")),
)


def waive(lives: Lives, account: str, *kinds: str) -> AccountRow:
    with lives.store.write() as session:
        row = waive_fees(session, caller=OLU, account_id=account, kinds=kinds, reason="complaint")
    lives.work(account)
    return row


@pytest.fixture
def account(lives: Lives, register: Register) -> str:
    with lives.store.write() as session:
        day: date = bank_now().date()
        create_product(session, caller=SAM, product=replace(PLUS), effective_from=day, note=None)
    return lives.open(register(ADA), "plus")


class TestWaiveFees:
    def test_brings_them_to_the_ledger_and_takes_them_back(self, lives: Lives, account: str) -> None:
        waive(lives, account, "monthly", "monthly")
        assert lives.neighbours.contracts[account]["waived_fees"] == ["monthly"]
        waive(lives, account)
        assert lives.neighbours.contracts[account]["waived_fees"] == []
        assert lives.facts()[-1] == "account-changed"

    def test_leaves_no_trace_of_what_is_so_already(self, lives: Lives, account: str) -> None:
        version = waive(lives, account, "monthly").version
        assert waive(lives, account, "monthly").version == version

    @pytest.mark.parametrize("kind", ["per-item", "below-minimum"])
    def test_refuses_what_the_terms_do_not_let_be_waived(self, lives: Lives, account: str, kind: str) -> None:
        with pytest.raises(FeeNotWaivable):
            waive(lives, account, kind)
