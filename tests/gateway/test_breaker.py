"""The breaker: closed, holding while a restart is likely, open."""

from gateway.breaker import FAILURES_TO_OPEN, Breaker


def failed(breaker: Breaker, now: float) -> Breaker:
    for _ in range(FAILURES_TO_OPEN):
        breaker.refused(now)
    return breaker


class TestBreaker:
    def test_stays_closed_below_five_failures_in_a_row(self) -> None:
        breaker = Breaker(hold_seconds=5)
        for _ in range(3):
            for _ in range(FAILURES_TO_OPEN - 1):
                breaker.refused(100.0)
            breaker.worked()
        assert breaker.state(100.0) == "closed"

    def test_holds_first_and_opens_when_the_outage_lasts(self) -> None:
        breaker = failed(Breaker(hold_seconds=5), 100.0)
        assert [breaker.state(moment) for moment in (100.0, 104.9, 105.0)] == ["holding", "holding", "open"]
        assert [breaker.may_hold(moment) for moment in (104.9, 105.0)] == [True, False]

    def test_lets_one_try_through_per_interval(self) -> None:
        breaker = failed(Breaker(hold_seconds=5), 100.0)
        assert [breaker.may_try(moment) for moment in (100.0, 100.05, 100.11)] == [True, False, True]
        assert [breaker.may_try(moment) for moment in (106.0, 106.9, 107.0)] == [True, False, True]

    def test_closes_at_the_first_answer(self) -> None:
        breaker = failed(Breaker(hold_seconds=5), 100.0)
        breaker.worked()
        assert breaker.state(110.0) == "closed"
        assert breaker.may_hold(110.0)

    def test_does_not_hold_behind_an_upstream_that_hangs(self) -> None:
        breaker = Breaker(hold_seconds=5)
        for _ in range(FAILURES_TO_OPEN):
            breaker.timed_out(100.0)
        assert breaker.state(100.0) == "open"

    def test_holds_again_after_failures_that_lie_long_back(self) -> None:
        breaker = Breaker(hold_seconds=5)
        breaker.refused(100.0)
        breaker.refused(9_000.0)
        assert breaker.may_hold(9_001.0)
