"""One part in trouble leaves the others fast: a service that is slow or stopped, a flood of sign-ins, no Redis.

Measured at a gateway process of its own before the bank's real services. Calm and disturbed windows take turns, with
the same traffic in both, and the medians of their p99 are compared.
"""

import signal
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.builders.paced_traffic import Ask, compare, run, tell, timed
from tests.builders.second_gateway import SecondGateway, second_gateway

WINDOW_SECONDS = 3.0
pytestmark = pytest.mark.alone


class Traffic:
    """What two customers do while something is wrong elsewhere."""

    def __init__(self, bank: Bank) -> None:
        ada, ben = (bank.new_customer(deposit_minor=1_000_000) for _ in range(2))
        order = {"from_account_id": ada.account_id, "to_account_id": ben.account_id, "amount_minor": 1}
        self.transfers = Ask("POST", "/api/v1/transfers", 50, ada.token, lambda: {**order, "currency": "EUR"})
        self.accounts = Ask("GET", "/api/v1/accounts", 30, ada.token)
        self.me = Ask("GET", "/api/v1/auth/me", 20, ben.token)
        self.tickets = Ask("GET", "/api/v1/tickets", 8, ben.token)
        self.others = (self.transfers, self.accounts, self.me)
        self.hasty: BankCustomer = bank.new_customer()


@pytest.fixture(scope="module")
def traffic(bank: Bank) -> Traffic:
    return Traffic(bank)


@pytest.fixture(scope="module")
def door(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecondGateway]:
    with second_gateway(bank, tmp_path_factory.mktemp("gateway"), slow="support") as found:
        yield found


def window(door: SecondGateway, traffic: Traffic, *, delay_seconds: float) -> list[float]:
    """Give the times of the others while the way to the tickets is so slow."""
    door.way.delay_seconds = delay_seconds
    answers = run(door.url, [*traffic.others, traffic.tickets], seconds=WINDOW_SECONDS)
    tickets = timed([traffic.tickets], answers)
    assert (min(tickets) > delay_seconds) is (delay_seconds > 0) or delay_seconds == 0
    return timed(traffic.others, answers)


def refusals(door: SecondGateway, traffic: Traffic) -> list[float]:
    """Give the times in which requests to a service that is away are refused, in a window of a second."""
    answers = run(door.url, [traffic.tickets], seconds=1.0)
    assert {one.status for one in answers} == {503}
    return [one.seconds for one in answers]


class TestASlowService:
    def test_leaves_the_others_as_fast_as_they_were(self, door: SecondGateway, traffic: Traffic) -> None:
        found = compare(
            lambda: window(door, traffic, delay_seconds=0),
            lambda: window(door, traffic, delay_seconds=3),
            at_most=1.2,
        )
        tell(f"one service slowed by 3 s: the others' {found}")
        assert found.ratio <= 1.2, str(found)


class TestAStoppedService:
    def test_leaves_the_others_as_fast_and_is_refused_at_once(
        self, bank: Bank, door: SecondGateway, traffic: Traffic
    ) -> None:
        door.way.delay_seconds = 0
        bank.kill("support", signal.SIGSTOP)
        try:
            hanging = run(door.url, [*traffic.others, traffic.tickets], seconds=1.0)
            timed(traffic.others, hanging)
            assert {one.status for one in hanging if one.ask is traffic.tickets} == {503}
            windows = [sorted(refusals(door, traffic)) for _ in range(5)]
            slowest = statistics.median(times[-1] for times in windows)
            tell(f"refused in {statistics.median(windows[0]) * 1000:.1f} ms, at most {slowest * 1000:.1f} ms")
            assert slowest <= 0.05

            def calm() -> list[float]:
                bank.kill("support", signal.SIGCONT)
                bank.wait_until(lambda: run(door.url, [traffic.tickets], seconds=0.25)[0].status == 200)
                return timed(traffic.others, run(door.url, [*traffic.others, traffic.tickets], seconds=WINDOW_SECONDS))

            def disturbed() -> list[float]:
                bank.kill("support", signal.SIGSTOP)
                return timed(traffic.others, run(door.url, [*traffic.others, traffic.tickets], seconds=WINDOW_SECONDS))

            found = compare(calm, disturbed, at_most=1.2)
            tell(f"one service stopped: the others' {found}")
            assert found.ratio <= 1.2, str(found)
        finally:
            bank.kill("support", signal.SIGCONT)


class TestAFloodOfSignIns:
    def test_at_most_doubles_the_time_of_a_transfer(self, door: SecondGateway, traffic: Traffic) -> None:
        def nobody() -> dict[str, object]:
            return {"email": f"nobody-{new_id()}@demo.bank", "password": "not the password"}

        logins = Ask("POST", "/api/v1/auth/login", 50, body=nobody)

        def flooded() -> list[float]:
            answers = run(door.url, [traffic.transfers, logins], seconds=WINDOW_SECONDS)
            statuses = {one.status for one in answers if one.ask is logins}
            assert statuses <= {401, 429, 503}, statuses
            return timed([traffic.transfers], answers)

        found = compare(
            lambda: timed([traffic.transfers], run(door.url, [traffic.transfers], seconds=WINDOW_SECONDS)),
            flooded,
            at_most=2.0,
        )
        tell(f"50 sign-ins a second: transfers' {found}")
        assert found.ratio <= 2.0, str(found)


class TestRedisAway:
    def test_stops_no_request_and_leaves_the_limits(self, bank: Bank, traffic: Traffic, tmp_path: Path) -> None:
        with second_gateway(bank, tmp_path, slow="support", GATEWAY_RATE_PER_USER="200") as door:
            asks = [traffic.transfers, traffic.me, traffic.tickets]
            timed(asks, run(door.url, asks, seconds=2.0))
            bank.redis_stop()
            try:
                timed(asks, run(door.url, asks, seconds=3.0))
                many = Ask("GET", "/api/v1/accounts", 500, traffic.hasty.token)
                statuses = [one.status for one in run(door.url, [many], seconds=2.0)]
            finally:
                bank.redis_start()
                bank.wait_ready("redis")
            assert set(statuses) == {200, 429}
            assert 200 <= statuses.count(200) <= 800
            timed(asks, run(door.url, asks, seconds=2.0))
