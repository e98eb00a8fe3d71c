"""The bank in containers on one PostgreSQL, three ledgers behind two gateways, listeners apart: the races of the
journeys hold, and each instance has its share.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from shared.ids import new_id
from tests.builders.compose_bank import FIGURES, ComposeBank, Container, engine
from tests.journeys.test_money_is_safe import TestOneBalance, TestOneKey, TestStorms

__all__ = ["TestOneBalance", "TestOneKey", "TestStorms"]

PROFILES = ("postgres", "listeners")
SCALE = {"transactions": 3, "gateway": 2}
_ANSWERED = re.compile(
    r'^bank_(?:http|gateway)_requests_total\{(?=.*method="POST")(?=.*status="201").*\} ([0-9.e+]+)$', re.M
)
_BOOKED = re.compile(r'^bank_ledger_commands_total\{.*result="(?:booked|replayed)".*\} ([0-9.e+]+)$', re.M)


def counted(bank: ComposeBank, one: Container, pattern: re.Pattern[str], port: int | None = None) -> float:
    """Add up a counter of one instance."""
    return sum(float(found) for found in pattern.findall(bank.ask(one, "/metrics", port=port)))


class TestTheStores:
    def test_of_every_service_are_on_postgres_and_only_there(self, bank: ComposeBank) -> None:
        for service in ("identity", "accounts", "transactions", "support", "notifications"):
            one = bank.containers(service)[0]
            wanted = f"postgresql*@postgres:5432/{service}"
            asked = f'case "${service.upper()}_DATABASE_URL" in {wanted}) echo postgres;; esac; find /data -name "*.db"'
            told = engine("exec", one.name, "enter", "sh", "-c", asked)
            assert told.split() == ["postgres"]

    def test_know_no_other_services_password(self, bank: ComposeBank) -> None:
        told = engine("exec", bank.containers("support")[0].name, "sh", "-c", "cat /run/secrets/bank/*")
        assert "SUPPORT_DATABASE_URL" in told
        assert not re.search(
            r"(IDENTITY|ACCOUNTS|TRANSACTIONS|NOTIFICATIONS|GATEWAY)_(DATABASE_URL|CLIENT_SECRET)=", told
        )


class TestTheSpread:
    def test_gives_each_ledger_and_each_gateway_its_share(self, bank: ComposeBank) -> None:
        payer, payee = bank.new_customer(deposit_minor=100_000), bank.new_customer()
        ledgers, gateways = bank.containers("transactions"), bank.containers("gateway")
        assert (len(ledgers), len(gateways)) == (3, 2)
        before = {one: counted(bank, one, _ANSWERED) for one in (*ledgers, *gateways)}
        for _ in range(4):
            burst(payer.token, bank.url, payer.account_id, payee.account["account_number"])
        share = {one.name: counted(bank, one, _ANSWERED) - before[one] for one in before}
        FIGURES.append(f"400 transfers were answered by {share}")
        of_ledgers = [share[one.name] for one in ledgers]
        of_gateways = [share[one.name] for one in gateways]
        assert min(of_ledgers) >= 30
        assert min(of_gateways) >= 30
        assert (sum(of_ledgers), payee.booked_minor()) == (400, 400)

    def test_lets_every_ledger_book_by_its_own_writer(self, bank: ComposeBank) -> None:
        booked = {one.name: counted(bank, one, _BOOKED, port=8013) for one in bank.containers("transactions")}
        FIGURES.append(f"commands booked by each writer: {booked}")
        assert min(booked.values()) > 0


class TestAKilledLedger:
    @pytest.mark.timeout(300)
    def test_leaves_two_that_book_and_comes_back(self, bank: ComposeBank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        bank.kill_container("transactions")
        keys = [new_id() for _ in range(60)]
        paid = 0
        for key in keys:
            bank.wait_until(lambda key=key: _is_booked(payer.pay(payee, 10, key=key)), timeout_seconds=30)
            paid += 10
        assert (payer.booked_minor(), payee.booked_minor()) == (10_000 - paid, paid)
        bank.wait_healthy("transactions")


def _is_booked(answer: httpx.Response) -> bool:
    """Tell whether an order was booked; while a replica is on its way down, some are answered 502 or 503."""
    assert answer.status_code in {201, 502, 503, 504}, answer.text
    return answer.status_code == 201


def burst(token: str, url: str, payer: str, payee: str) -> None:
    """Send a hundred transfers of one minor unit, over connections of their own as new clients would."""

    def one(_number: int) -> int:
        body = {"from_account_id": payer, "to_account_number": payee, "amount_minor": 1, "currency": "EUR"}
        headers = {"authorization": f"Bearer {token}", "idempotency-key": new_id()}
        return httpx.post(
            f"{url}/api/v1/transfers", json=body, headers=headers, timeout=20, trust_env=False
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(100))) == {201}
