"""Taking a future rate back."""

from datetime import timedelta

import pytest

from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.interest_rate import RateBegan, RateNotFound
from services.accounts.store.rate_queries import rate_on, rates_to_come_or_in_force
from services.accounts.use_cases.set_rate import NewRate, set_rate
from services.accounts.use_cases.withdraw_rate import withdraw_rate
from shared.clock import bank_now
from tests.services.accounts.conftest import TESS, Lives

TODAY = bank_now().date()
TOMORROW = TODAY + timedelta(days=1)


class TestWithdrawRate:
    def test_frees_its_day_and_keeps_the_row(self, lives: Lives) -> None:
        with lives.store.write() as session:
            rate = set_rate(session, caller=TESS, rate=NewRate("savings", 300, TOMORROW), note="x")
            withdraw_rate(session, caller=TESS, rate_id=rate.id, seen_version=1, note="typo")
            set_rate(session, caller=TESS, rate=NewRate("savings", 310, TOMORROW), note="x")
            assert rate_on(session, "savings", TOMORROW) == 310
            assert rate.id not in {one["rate_id"] for one in rates_to_come_or_in_force(session)}
            with pytest.raises(VersionMismatch):
                withdraw_rate(session, caller=TESS, rate_id=rate.id, seen_version=1, note="again")

    def test_leaves_what_has_begun(self, lives: Lives) -> None:
        with lives.store.write() as session:
            rate = set_rate(session, caller=TESS, rate=NewRate("savings", 300, TODAY), note="x")
            with pytest.raises(RateBegan):
                withdraw_rate(session, caller=TESS, rate_id=rate.id, seen_version=1, note="typo")
            with pytest.raises(RateNotFound):
                withdraw_rate(session, caller=TESS, rate_id="none", seen_version=1, note="typo")
