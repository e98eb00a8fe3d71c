"""The bank in containers, on SQLite: it comes up in time and small, serves a customer, and outlives bad moments."""

import contextlib
import time

import httpx

from tests.builders.compose_bank import FIGURES, ComposeBank

UP_SECONDS = 60
IDLE_BYTES = 1.2e9
ONCE = {
    "secrets",
    *(f"{name}-migrate" for name in ("identity", "accounts", "transactions", "support", "notifications")),
}
WITHOUT_METRICS = {"redis", "web"}


class TestTheStart:
    def test_ends_with_every_container_healthy_within_a_minute(self, bank: ComposeBank) -> None:
        FIGURES.append(f"from images to {len(bank.containers())} containers, all healthy: {bank.up_seconds:.0f} s")
        running = [one for one in bank.containers() if one.service not in ONCE]
        assert {one.service for one in running if one.health != "healthy"} == set()
        assert len(running) == 15
        assert bank.up_seconds <= UP_SECONDS

    def test_has_done_what_is_done_once(self, bank: ComposeBank) -> None:
        ended = {
            one.service: bank.inspect(one)["State"]["ExitCode"] for one in bank.containers() if one.service in ONCE
        }
        assert ended == dict.fromkeys(ONCE, 0)

    def test_leaves_an_idle_bank_within_its_memory(self, bank: ComposeBank) -> None:
        used = bank.memory_bytes()
        FIGURES.append(f"{len(used)} idle containers: {sum(used.values()) / 1e6:.0f} MB")
        assert sum(used.values()) <= IDLE_BYTES

    def test_gives_no_container_more_than_it_needs(self, bank: ComposeBank) -> None:
        for one in bank.containers():
            host = bank.inspect(one)["HostConfig"]
            assert host["ReadonlyRootfs"], one.name
            assert (host["CapDrop"], host["CapAdd"]) == (["ALL"], None), one.name
            assert "no-new-privileges:true" in host["SecurityOpt"], one.name
            assert min(host["Memory"], host["PidsLimit"]) > 0, one.name


class TestACustomer:
    def test_registers_pays_in_pays_out_and_is_told_by_mail(self, bank: ComposeBank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        assert payer.pay(payee, 2_550).status_code == 201
        assert (payer.booked_minor(), payee.booked_minor()) == (7_450, 2_550)
        bank.wait_until(lambda: payee.inbox() != [], timeout_seconds=20)
        for customer in (payer, payee):
            bank.wait_until(
                lambda who=customer: any("transfer" in mail.lower() for mail in bank.mails_to(who.email)),
                timeout_seconds=30,
            )

    def test_finds_the_page_and_nothing_of_the_inside(self, bank: ComposeBank) -> None:
        page = httpx.get(bank.url)
        assert (page.status_code, "Strongroom" in page.text) == (200, True)
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        inside = [
            httpx.get(f"{bank.url}{path}") for path in ("/api/internal/events", "/api/metrics", "/internal/snapshot")
        ]
        assert all(answer.status_code == 404 or "<title>" in answer.text for answer in inside)


class TestScraping:
    def test_finds_the_metrics_of_every_process(self, bank: ComposeBank) -> None:
        asked = [one for one in bank.containers() if one.service not in ONCE | WITHOUT_METRICS]
        silent = {one.service for one in asked if "process_cpu_seconds_total" not in bank.ask(one, "/metrics")}
        assert (len(asked), silent) == (13, set())

    def test_finds_what_the_workers_counted(self, bank: ComposeBank) -> None:
        lines = bank.ask(bank.containers("notifications-worker")[0], "/metrics").splitlines()
        done = [line for line in lines if line.startswith("bank_jobs_total") and 'result="done"' in line]
        assert done != []


class TestAKilledContainer:
    def test_is_started_again_and_the_ledger_books_on(self, bank: ComposeBank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        before = bank.inspect(bank.containers("transactions-writer")[0])["RestartCount"]
        bank.kill_container("transactions-writer")

        def paid() -> bool:
            with contextlib.suppress(httpx.HTTPError):
                return payer.pay(payee, 10, key="after-the-kill").status_code == 201
            return False

        seconds = bank.wait_until(paid, timeout_seconds=60)
        FIGURES.append(f"the writer was killed: booked again after {seconds:.1f} s")
        assert bank.inspect(bank.containers("transactions-writer")[0])["RestartCount"] == before + 1
        assert (payer.booked_minor(), payee.booked_minor()) == (990, 10)
        bank.wait_healthy("transactions-writer")


class TestAPausedContainer:
    def test_makes_its_own_routes_fail_and_no_other_slow(self, bank: ComposeBank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        bank.compose("pause", "support")
        try:
            assert payer.http.get("/tickets").status_code in {503, 504}
            began = time.monotonic()
            assert payer.pay(payee, 10).status_code == 201
            assert time.monotonic() - began < 2
        finally:
            bank.compose("unpause", "support")
        bank.wait_until(lambda: payer.http.get("/tickets").status_code == 200, timeout_seconds=30)
        bank.wait_healthy("support")


class TestMonitoring:
    def test_reaches_every_process_redis_and_celery(self, bank: ComposeBank) -> None:
        bank.monitor()
        asked = f"{bank.url_of('prometheus')}/api/v1"

        def up() -> dict[str, int]:
            with contextlib.suppress(httpx.HTTPError):
                told = httpx.get(f"{asked}/query", params={"query": "sum by (job) (up)"}).json()["data"]["result"]
                return {one["metric"]["job"]: int(one["value"][1]) for one in told}
            return {}

        wanted = {"bank": 13, "redis": 1, "celery": 1, "prometheus": 1, "alertmanager": 1}
        seconds = bank.wait_until(lambda: up() == wanted, timeout_seconds=100)
        FIGURES.append(f"Prometheus reached {sum(wanted.values())} targets after {seconds:.0f} s")
        labels = httpx.get(f"{asked}/query", params={"query": 'up{service="transactions"}'}).json()["data"]["result"]
        assert {one["metric"]["process"] for one in labels} == {"api", "writer", "worker"}
        listening = httpx.get(f"{asked}/alertmanagers").json()["data"]["activeAlertmanagers"]
        assert len(listening) == 1


class TestAnEnd:
    def test_and_a_new_start_lose_nothing(self, bank: ComposeBank) -> None:
        owner = bank.new_customer(deposit_minor=4_321)
        bank.compose("down", "--timeout", "20")
        bank.up()
        owner.http.headers["authorization"] = f"Bearer {bank.login(owner.email, owner.password)}"
        assert owner.booked_minor() == 4_321
