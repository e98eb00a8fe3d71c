"""What callers make up never becomes a time series, and each number that dashboards need is there."""

import re

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
MADE_UP = 200


def series(bank: Bank) -> dict[str, set[str]]:
    """Give the time series of the gateway and of each service, by process."""
    urls = {service: f"{bank.url_of(service)}/metrics" for service in SERVICES}
    urls["gateway"] = f"http://127.0.0.1:{bank.ports['gateway-ops']}/metrics"
    urls["writer"] = f"http://127.0.0.1:{bank.ports['writer-ops']}/metrics"
    urls["worker"] = f"http://127.0.0.1:{bank.ports['notifications-worker-ops']}/metrics"
    texts = {name: httpx.get(url, trust_env=False).text for name, url in urls.items()}
    return {
        name: {line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")}
        for name, text in texts.items()
    }


def ask(bank: Bank, marker: str) -> None:
    """Ask for a few things that do not exist, in ways that do not exist, at every door."""
    for base in (bank.url, *(bank.url_of(service) for service in SERVICES)):
        with httpx.Client(base_url=base, trust_env=False) as http:
            http.request(f"M{marker[-8:].upper()}", "/api/v1/accounts")
            http.get(f"/api/v1/{marker}")
            http.get(f"/api/v1/accounts/{marker}", headers={"x-request-id": marker})
            http.get("/api/v1/accounts", params={marker: marker})


def unmatched(lines: set[str]) -> set[str]:
    """Give the series of requests that no route stands for."""
    return {line for line in lines if 'route="unmatched"' in line}


class TestCardinality:
    def test_is_not_in_the_hands_of_callers(self, bank: Bank) -> None:
        ask(bank, f"x{new_id()}")
        before = series(bank)
        marker = new_id()
        for number in range(MADE_UP // 4):  # at six doors each
            ask(bank, f"{number}-{marker}")
        after = series(bank)
        # Each made-up name would be a series at least; what the bank itself does meanwhile adds a few.
        assert sum(map(len, after.values())) - sum(map(len, before.values())) < MADE_UP
        for name in ("gateway", *SERVICES):
            assert unmatched(after[name]) == unmatched(before[name]) != set()
        assert not [line for lines in after.values() for line in lines if marker[-8:] in line.lower()]

    def test_is_small_for_each_process(self, bank: Bank) -> None:
        assert {name: len(lines) for name, lines in series(bank).items() if len(lines) > 3000} == {}


class TestWhatIsThere:
    def test_of_the_process_the_requests_and_the_streams(self, bank: Bank) -> None:
        bank.login_demo("ada")
        found = series(bank)
        for service in SERVICES:
            names = {re.split(r"[{ ]", line)[0] for line in found[service]}
            assert {"process_cpu_seconds_total", "process_resident_memory_bytes"} <= names
            assert {"bank_http_requests_total", "bank_outbox_lag_facts", "bank_outbox_age_seconds"} <= names
            bank.wait_until(lambda name=service: "bank_dead_letters" in str(series(bank)[name]))
        assert 'bank_sign_ins_total{result="signed-in"}' in found["identity"]
        assert 'bank_sign_ins_total{result="wrong-password"}' in found["identity"]
        assert any(line.startswith("bank_invariant_violations_total{") for line in found["transactions"])
        assert any(line.startswith("bank_ledger_commands_total{") for line in found["writer"])
        states = {f'bank_job_rows{{service="notifications",state="{one}"}}' for one in ("queued", "running", "dead")}
        bank.wait_until(lambda: states <= series(bank)["worker"], timeout_seconds=30)
