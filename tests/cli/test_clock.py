"""What `strongroom clock advance` takes for a length, and how it waits."""

from typing import Any

import httpx
import pytest

from cli.bank_client import BankClient, Surprise
from cli.clock import advance, days_of


class TestDaysOf:
    @pytest.mark.parametrize(("text", "days"), [("30d", 30), ("2w", 14), ("1y", 365), ("7", 7)])
    def test_reads_days_weeks_and_years(self, text: str, days: int) -> None:
        assert days_of(text) == days

    @pytest.mark.parametrize("text", ["", "0d", "-1d", "30h", "1.5d", "d"])
    def test_refuses_anything_else(self, text: str) -> None:
        with pytest.raises(Surprise):
            days_of(text)


class TestAdvance:
    def test_shows_each_day_until_the_bank_is_open_again(self) -> None:
        steps: list[dict[str, Any]] = [
            {"business_date": "2027-01-01", "state": "advancing", "days_done": 0, "step": "accrue-interest"},
            {"business_date": "2027-01-03", "state": "open", "bank_now": "2027-01-03T12:00:00Z"},
        ]

        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/auth/login"):
                return httpx.Response(200, json={"access_token": "token"})
            return (
                httpx.Response(202, json={"job_id": "j"})
                if request.method == "POST"
                else httpx.Response(200, json=steps.pop(0))
            )

        client = BankClient("http://bank")
        client._client = httpx.Client(base_url="http://bank/api/v1", transport=httpx.MockTransport(answer))
        shown: list[tuple[str, int, int]] = []
        now = advance(client, 2, lambda *seen: shown.append(seen))
        assert shown == [("2027-01-01 accrue-interest", 0, 2), ("2027-01-03", 2, 2)]
        assert now["state"] == "open"
