"""Limits of one's own: lower at once, higher after a day."""

from datetime import UTC, datetime, timedelta

from services.accounts.domain.own_limits import change_limits, tighter

AT = datetime(2026, 12, 1, tzinfo=UTC)
DAY, COUNT = "per_day_minor", "per_day_count"


class TestChangeLimits:
    def test_lets_a_lower_one_hold_at_once(self) -> None:
        change = change_limits(present={DAY: 500}, wanted={DAY: 100, COUNT: 3}, at=AT)
        assert (change.now, change.later, change.due_at) == ({DAY: 100, COUNT: 3}, None, None)

    def test_keeps_a_higher_one_waiting_for_a_day_and_takes_the_rest(self) -> None:
        change = change_limits(present={DAY: 500}, wanted={DAY: 900, COUNT: 3}, at=AT)
        assert (change.now, change.later) == ({DAY: 500, COUNT: 3}, {DAY: 900, COUNT: 3})
        assert change.due_at == AT + timedelta(hours=24)

    def test_keeps_no_limit_waiting_as_well(self) -> None:
        change = change_limits(present={DAY: 500}, wanted={}, at=AT)
        assert (change.now, change.later) == ({DAY: 500}, {})

    def test_gives_the_tighter_of_two(self) -> None:
        assert tighter({DAY: 5, COUNT: 1}, {DAY: 3}) == {DAY: 3, COUNT: 1}
