"""Products by version."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.product import (
    LIMIT_NAMES,
    BadEffectiveDate,
    BadTerms,
    Fee,
    Product,
    ProductExists,
    ProductNotFound,
)
from services.accounts.store.catalogue_queries import product_in_force, terms_of_version
from services.accounts.store.tables import ProductVersionRow
from services.accounts.use_cases.change_product import change_product, create_product
from shared.clock import bank_now
from shared.errors import Refusal
from tests.services.accounts.conftest import TESS, Lives

TODAY = bank_now().date()
TOMORROW = TODAY + timedelta(days=1)
GOLD = Product(
    "gold",
    "Gold account",
    ("EUR",),
    fees=(Fee("monthly", 490, "EUR", True, 100_000),),
    limits=dict.fromkeys(LIMIT_NAMES),
)


def changed(lives: Lives, code: str = "savings", seen: int = 1, day: date | None = None, **changes: Any) -> int:
    with lives.store.write() as session:
        return change_product(
            session, caller=TESS, code=code, seen_version=seen, changes=changes, effective_from=day, note="why"
        ).version


class TestChangeProduct:
    def test_holds_from_its_day_and_leaves_the_versions_before_as_they_were(self, lives: Lives) -> None:
        assert changed(lives, day=TOMORROW, min_balance_minor=5) == 2
        with lives.store.read() as session:
            assert product_in_force(session, "savings", TODAY)[0].min_balance_minor == 1000
            assert product_in_force(session, "savings", TOMORROW)[0].min_balance_minor == 5
            assert terms_of_version(session, "savings", 1).min_balance_minor == 1000
            kept = session.get_one(ProductVersionRow, ("savings", 2))
        assert (kept.created_by, kept.note, lives.facts()) == ("tess", "why", ["product-changed"])

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"code": "gold"}, ProductNotFound),
            ({"seen": 7}, VersionMismatch),
            ({"name": "Current account"}, ProductExists),
            ({"day": TODAY - timedelta(days=1)}, BadEffectiveDate),
            ({"overdraft_limit_minor": 5}, BadTerms),
            ({"fees": [{"kind": "monthly", "amount_minor": 1, "currency": "JPY"}]}, BadTerms),
            ({"fees": [{"kind": "monthly", "amount_minor": 1, "currency": "EUR"}] * 2}, BadTerms),
            ({"fees": [{"kind": "monthly", "amount_minor": 1, "currency": "EUR", "waived_from_minor": 1}]}, BadTerms),
        ],
    )
    def test_refuses_what_does_not_fit(self, lives: Lives, changes: dict[str, Any], refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            changed(lives, **changes)


class TestCreateProduct:
    def test_writes_a_first_version_with_fees(self, lives: Lives) -> None:
        with lives.store.write() as session:
            create_product(session, caller=TESS, product=GOLD, effective_from=None, note="new")
        with lives.store.read() as session:
            assert product_in_force(session, "gold", TODAY) == (GOLD, 1)

    def test_refuses_a_second_one_of_an_id_or_a_name(self, lives: Lives) -> None:
        for product in (Product("savings", "Other", ("EUR",)), Product("silver", "Savings account", ("EUR",))):
            with lives.store.write() as session, pytest.raises(ProductExists):
                create_product(session, caller=TESS, product=product, effective_from=None, note="new")
