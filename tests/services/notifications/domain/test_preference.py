"""Quiet hours, in the reader's own zone."""

from datetime import time

import pytest

from services.notifications.domain.preference import QuietHours
from shared.clock import format_time, parse_time


class TestQuietHours:
    @pytest.mark.parametrize(
        ("now", "over"),
        [
            ("2026-11-23T20:59:59Z", None),
            ("2026-11-23T21:00:00Z", "2026-11-24T06:00:00.000000Z"),
            ("2026-11-24T05:59:59Z", "2026-11-24T06:00:00.000000Z"),
            ("2026-11-24T06:00:00Z", None),
            # The clocks go back in this night: the hours end by the clock on the wall.
            ("2026-10-24T21:00:00Z", "2026-10-25T06:00:00.000000Z"),
        ],
    )
    def test_reach_over_midnight(self, now: str, over: str | None) -> None:
        found = QuietHours(time(22), time(7), "Europe/Berlin").end_after(parse_time(now))
        assert (found and format_time(found)) == over

    def test_may_lie_within_a_day(self) -> None:
        lunch = QuietHours(time(12), time(13, 30), "Europe/Berlin")
        assert lunch.end_after(parse_time("2026-07-01T10:00:00Z")) == parse_time("2026-07-01T11:30:00Z")
        assert lunch.end_after(parse_time("2026-07-01T11:30:00Z")) is None
