"""Quotas: counted at each gateway, shared through Redis, and never a question per request."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from gateway.exchange import Exchange
from gateway.rate_limit import Limiter, Quota
from gateway.refusals import RateExceeded
from gateway.settings import GatewaySettings
from tests.builders.tokens import TokenMaker
from tests.gateway.conftest import settings_for
from tests.gateway.stand_ins import RunningGateway, Upstream, free_port


class Tally:
    """What Redis does, in this process; it can be away."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.asked = 0
        self.is_reachable = True

    async def lease(self, key: str, wanted: int, *, of: int, life_seconds: int) -> int | None:
        self.asked += 1
        await asyncio.sleep(0)
        if not self.is_reachable:
            return None
        assert life_seconds > 0
        total = self.totals[key] = self.totals.get(key, 0) + wanted
        return max(0, min(wanted, of - (total - wanted)))


def exchange() -> Exchange:
    nothing: Any = None
    return Exchange(scope={"headers": [], "method": "GET"}, receive=nothing, send=nothing, security=[])


async def ask(limiter: Limiter, times: int, subject: str = "ada") -> int:
    """Ask so often and give how often it was allowed."""
    allowed = 0
    for _ in range(times):
        waiting = limiter.take(exchange(), subject)
        try:
            if waiting is not None:
                await waiting
        except RateExceeded:
            continue
        allowed += 1
        if allowed % 7 == 0:
            await asyncio.sleep(0)
    return allowed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    moment = [1_000_000 * 60]
    monkeypatch.setattr("gateway.rate_limit.now_ns", lambda: moment[0] * 1_000_000_000)
    return moment


class TestLimiter:
    def test_allows_the_quota_and_no_more_until_the_next_window(self, clock: list[int]) -> None:
        limiter = Limiter(Quota("user", 100, 10), Tally())
        assert asyncio.run(ask(limiter, 300)) == 100
        clock[0] += 9
        assert asyncio.run(ask(limiter, 10)) == 0
        clock[0] += 1
        assert asyncio.run(ask(limiter, 300)) == 100

    def test_counts_each_subject_for_itself(self, clock: list[int]) -> None:
        limiter = Limiter(Quota("user", 16, 1), Tally())
        assert asyncio.run(ask(limiter, 20, "ada")) == 16
        assert asyncio.run(ask(limiter, 20, "ben")) == 16

    def test_asks_nobody_for_who_uses_little(self, clock: list[int]) -> None:
        tally = Tally()
        limiter = Limiter(Quota("user", 2000, 1), tally)
        for second in range(50):
            clock[0] = 60_000_000 + second
            assert asyncio.run(ask(limiter, 100)) == 100
        assert tally.asked == 0

    def test_asks_a_few_times_for_who_uses_everything(self, clock: list[int]) -> None:
        tally = Tally()
        assert asyncio.run(ask(Limiter(Quota("user", 2000, 1), tally), 2500)) == 2000
        assert tally.asked <= 8

    def test_shares_a_quota_between_gateways_but_for_the_first_eighth(self, clock: list[int]) -> None:
        tally = Tally()
        gateways = [Limiter(Quota("user", 800, 1), tally) for _ in range(3)]

        async def all_at_once() -> list[int]:
            return await asyncio.gather(*(ask(one, 800) for one in gateways))

        assert 800 <= sum(asyncio.run(all_at_once())) <= 800 + 2 * 100

    def test_counts_alone_while_redis_is_away(self, clock: list[int]) -> None:
        tally = Tally()
        tally.is_reachable = False
        limiter = Limiter(Quota("user", 100, 1), tally)
        assert asyncio.run(ask(limiter, 200)) == 100
        assert tally.asked == 0
        tally.is_reachable = True
        clock[0] += 1
        assert asyncio.run(ask(limiter, 200)) == 100
        assert tally.asked > 0

    def test_goes_on_when_redis_leaves_in_the_middle(self, clock: list[int]) -> None:
        tally = Tally()
        limiter = Limiter(Quota("user", 100, 1), tally)
        assert asyncio.run(ask(limiter, 40)) == 40
        tally.is_reachable = False
        assert asyncio.run(ask(limiter, 100)) == 60

    def test_forgets_who_came_long_ago(self, clock: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.rate_limit._MOST_SUBJECTS", 10)
        limiter = Limiter(Quota("address", 8, 1), Tally())

        async def many() -> None:
            for number in range(100):
                await ask(limiter, 1, f"10.0.0.{number}")

        asyncio.run(many())
        assert len(limiter._shares) <= 10


class TestSettings:
    def test_are_wide_in_the_sandbox_and_strict_in_production(self) -> None:
        sandbox = GatewaySettings(environment="sandbox")
        real = GatewaySettings(environment="production", public_url="https://bank.example")
        assert (sandbox.user_rate, sandbox.address_rate, sandbox.sign_in_rate) == (2000, 4000, 1200)
        assert (real.user_rate, real.address_rate, real.sign_in_rate) == (50, 200, 60)
        assert GatewaySettings(environment="sandbox", rate_per_user=7).user_rate == 7


@pytest.fixture(scope="module")
def strict(_identity: Upstream, _service: Upstream) -> Iterator[RunningGateway]:
    """A gateway with small quotas, whose Redis does not exist."""
    away = f"redis://127.0.0.1:{free_port()}/0"
    small = {"rate_per_user": 5, "rate_per_address": 40, "sign_ins_per_address": 8, "redis_url": away}
    settings = settings_for(_identity, _service, **small, trusted_proxies=["127.0.0.0/8"])
    running = RunningGateway(settings).start()
    yield running
    running.stop()


class TestRateLimits:
    def test_refuse_a_user_who_asks_too_often_with_a_problem(
        self, strict: RunningGateway, tokens: TokenMaker, service: Upstream
    ) -> None:
        with httpx.Client(base_url=strict.url, trust_env=False) as http:
            http.headers["Authorization"] = f"Bearer {tokens.sign(sub='hasty')}"
            answers = [http.get("/api/v1/accounts") for _ in range(12)]
        allowed = [answer for answer in answers if answer.status_code == 200]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert 5 <= len(allowed) <= 10  # a new window may have begun meanwhile
        assert len(allowed) + len(refused) == 12
        assert len(service.seen) == len(allowed)
        problem = refused[0]
        assert problem.json()["code"] == "gateway.rate-limited"
        assert problem.headers["retry-after"] == str(problem.json()["retry_after_seconds"]) == "1"
        assert problem.headers["ratelimit-policy"] == '"user";q=5;w=1'
        assert problem.headers["ratelimit"] == '"user";r=0;t=1'
        assert allowed[0].headers["ratelimit"] == '"user";r=4;t=1'

    def test_spare_the_machine_itself_in_the_sandbox(self, strict: RunningGateway, service: Upstream) -> None:
        with httpx.Client(base_url=strict.url, trust_env=False) as http:
            answers = [http.get("/api/v1/branches") for _ in range(60)]
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers

    def test_count_sign_ins_of_an_address_apart(self, strict: RunningGateway, identity: Upstream) -> None:
        with httpx.Client(base_url=strict.url, trust_env=False) as http:
            http.headers["X-Forwarded-For"] = "203.0.113.9"
            answers = [http.post("/api/v1/auth/login", json={}) for _ in range(20)]
            others = http.get("/api/v1/branches")
        assert [answer.status_code for answer in answers].count(200) in range(8, 17)
        assert answers[-1].status_code == 429
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert answers[0].headers.get_list("ratelimit-policy")[-1].endswith('"sign-in";q=8;w=60')
        assert others.status_code == 200

    def test_count_an_address_whatever_its_tokens_are(self, strict: RunningGateway) -> None:
        with httpx.Client(base_url=strict.url, trust_env=False) as http:
            http.headers.update({"X-Forwarded-For": "203.0.113.10", "Authorization": "Bearer junk"})
            statuses = [http.get("/api/v1/accounts").status_code for _ in range(100)]
        assert 429 in statuses
        assert set(statuses) == {401, 429}
