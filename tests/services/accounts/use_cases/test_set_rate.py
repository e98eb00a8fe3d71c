"""The interest-rate table."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from services.accounts.domain.interest_rate import NoFirstTier, RateOverlaps
from services.accounts.domain.product import BadEffectiveDate, UnknownProduct
from services.accounts.store.rate_queries import list_rates, rate_on, rate_view
from services.accounts.use_cases.set_rate import NewRate, set_rate
from shared.clock import bank_now
from shared.errors import Refusal
from tests.services.accounts.conftest import TESS, Lives

TODAY = bank_now().date()
DAY = timedelta(days=1)


def put(lives: Lives, rate: NewRate) -> str:
    with lives.store.write() as session:
        return set_rate(session, caller=TESS, rate=rate, note="market").id


class TestSetRate:
    def test_takes_the_place_of_the_one_before_on_its_day(self, lives: Lives) -> None:
        rate_id = put(lives, NewRate("savings", 300, TODAY + DAY))
        with lives.store.read() as session:
            assert (rate_on(session, "savings", TODAY), rate_on(session, "savings", TODAY + DAY)) == (275, 300)
            [old, new] = [
                rate_view(session, row) for row in list_rates(session, product="savings", after=None, limit=9)
            ]
        assert {old["id"], new["id"]} >= {rate_id}
        first = old if old["id"] != rate_id else new
        assert first["effective_to"] == (TODAY + DAY).isoformat()
        assert lives.facts() == ["rate-changed"]

    @pytest.mark.parametrize(
        ("rate", "refusal"),
        [
            (NewRate("gold", 1, TODAY), UnknownProduct),
            (NewRate("savings", 1, TODAY - DAY), BadEffectiveDate),
            (NewRate("current", 1, TODAY, 100, "debit"), NoFirstTier),
        ],
    )
    def test_refuses_what_cannot_stand_in_the_table(self, lives: Lives, rate: NewRate, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            put(lives, rate)

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(days=some.lists(some.integers(1, 6), min_size=1, max_size=8), tier=some.sampled_from([0, 100]))
    def test_never_has_two_of_one_tier_on_one_day(self, lives: Lives, days: list[int], tier: int) -> None:
        for days_ahead in days:
            with contextlib.suppress(RateOverlaps):
                put(lives, NewRate("savings", days_ahead, TODAY + days_ahead * DAY, tier))
        with lives.store.read() as session:
            rows = list_rates(session, product="savings", after=None, limit=200)
        assert len({(row.tier_from_minor, row.effective_from) for row in rows}) == len(rows)
