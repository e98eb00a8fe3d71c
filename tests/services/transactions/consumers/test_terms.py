"""Facts of `accounts` about products and rates reach our copy, in whatever order."""

from datetime import date
from typing import Any

from services.transactions.consumers import product_changed, rate_changed
from services.transactions.domain.interest import Tier
from services.transactions.listener import rebuild_terms
from services.transactions.store.terms_store import load_terms_book
from shared.contracts.accounts import ProductChanged, RateChanged
from tests.services.transactions.conftest import LedgerBench

DAY = date(2027, 1, 1)
RATE: dict[str, Any] = {
    "rate_id": "r1", "product": "savings", "side": "credit", "tier_from_minor": 0, "rate_basis_points": 275,
    "effective_from": "2027-01-01",
}  # fmt: skip


class TestTermsFromFacts:
    def test_are_kept_once(self, bench: LedgerBench) -> None:
        product = ProductChanged(
            product="savings", version=2, effective_from="2027-01-01", terms={"day_count": "act/act"}
        )
        for _ in range(2):
            with bench.store.write() as session:
                product_changed.consume(session, product, None)  # type: ignore[arg-type]
                rate_changed.consume(session, RateChanged(**RATE), None)  # type: ignore[arg-type]
        with bench.store.read() as session:
            book = load_terms_book(session)
        assert (book.on("savings", DAY).day_count, book.tiers("savings", "credit", DAY)) == ("act/act", (Tier(0, 275),))

    def test_of_a_rate_taken_back_win_in_either_order(self, bench: LedgerBench) -> None:
        for number, facts in enumerate(([False, True], [True, False])):
            for withdrawn in facts:
                fact = RateChanged(**{**RATE, "rate_id": f"r{number}"}, withdrawn=withdrawn)
                with bench.store.write() as session:
                    rate_changed.consume(session, fact, None)  # type: ignore[arg-type]
        with bench.store.read() as session:
            assert load_terms_book(session).tiers("savings", "credit", DAY) == ()

    def test_are_rebuilt_from_the_snapshot(self, bench: LedgerBench) -> None:
        with bench.store.write() as session:
            rebuild_terms(session, {"products": [], "rates": [RATE]})
        with bench.store.read() as session:
            assert load_terms_book(session).tiers("savings", "credit", DAY) == (Tier(0, 275),)
