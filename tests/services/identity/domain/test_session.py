"""What a presented refresh token leads to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.identity.domain.session import Device, PresentedToken, RefreshStep, decide_refresh, refresh_expiry

NOW = datetime(2026, 11, 22, tzinfo=UTC)
GRACE = timedelta(seconds=10)
FRESH = PresentedToken(
    expires_at=NOW + timedelta(hours=1), used_at=None, successor_used_at=None, session_over=False, same_device=True
)
USED = replace(FRESH, used_at=NOW - timedelta(seconds=9))


class TestDecideRefresh:
    @pytest.mark.parametrize(
        ("token", "step"),
        [
            (FRESH, RefreshStep.ROTATE),
            (replace(FRESH, same_device=False), RefreshStep.ROTATE),
            (replace(FRESH, expires_at=NOW), RefreshStep.REFUSE),
            (replace(FRESH, session_over=True), RefreshStep.REFUSE),
            (USED, RefreshStep.REPEAT),
            (replace(USED, used_at=NOW - timedelta(seconds=11)), RefreshStep.END_FAMILY),
            (replace(USED, same_device=False), RefreshStep.END_FAMILY),
            (replace(USED, successor_used_at=NOW), RefreshStep.END_FAMILY),
            (replace(USED, session_over=True), RefreshStep.REFUSE),
        ],
    )
    def test_is_a_table(self, token: PresentedToken, step: RefreshStep) -> None:
        assert decide_refresh(token=token, now=NOW, grace=GRACE) is step


class TestRefreshExpiry:
    def test_never_passes_the_sessions_life(self) -> None:
        expiry = refresh_expiry(
            issued_at=NOW, session_began=NOW - timedelta(hours=23), idle=timedelta(hours=12), lifetime=timedelta(days=1)
        )
        assert expiry == NOW + timedelta(hours=1)


class TestDevice:
    def test_has_a_name_that_people_know(self) -> None:
        agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
        assert Device(address="192.0.2.1", agent=agent).name == "Chrome on Windows"
        assert Device(address="192.0.2.1", agent="").name == "Unknown device"
