"""Health, metrics, facts and snapshot of every service."""

from typing import Any

from shared.store.bank_clock import keep_offset
from shared.store.jobs import enqueue_job
from shared.store.outbox import append_facts
from tests.shared.web.house import House, Told


def _as_service(house: House, path: str) -> Any:
    token = house.signer.service("support", audience="accounts")
    return house.http.get(path, headers={"authorization": f"Bearer {token}"})


class TestHealth:
    def test_lives_and_is_ready_without_a_token(self, house: House) -> None:
        assert house.http.get("/livez").status_code == 200
        assert house.http.get("/readyz").status_code == 200

    def test_is_not_ready_while_it_drains(self, house: House) -> None:
        house.app.state.readiness.draining = True
        answer = house.http.get("/readyz")
        assert (answer.status_code, answer.json()["reason"]) == (503, "draining")
        assert answer.json()["code"] == "service.not-ready"
        assert house.http.get("/livez").status_code == 200

    def test_is_not_ready_without_its_store(self, house: House, monkeypatch: Any) -> None:
        def broken() -> None:
            raise OSError

        monkeypatch.setattr(house.store, "ping", broken)
        assert house.http.get("/readyz").json()["reason"] == "store"

    def test_counts_requests_by_template_and_never_by_path(self, house: House) -> None:
        house.http.get("/api/v1/orders/very-own-id", headers=house.bearer("teller"))
        house.http.get("/made-up-by-a-stranger")
        text = house.http.get("/metrics").text
        assert 'route="/api/v1/orders/{order_id}",service="accounts",status="200"' in text
        assert 'route="unmatched"' in text
        assert "very-own-id" not in text
        assert "made-up" not in text
        assert "process_cpu_seconds_total" in text
        assert "bank_http_request_seconds_bucket" in text


class TestFacts:
    def test_gives_facts_after_a_sequence_with_the_head(self, house: House) -> None:
        with house.store.write() as session:
            append_facts(session, *(Told(amount_minor=n) for n in (1, 2, 3)))
        page = _as_service(house, "/internal/events?after=1&limit=1").json()
        assert [e["sequence"] for e in page["events"]] == [2]
        assert (page["epoch"], page["head_sequence"]) == (1, 3)
        assert page["parent_sequence"] == 0
        assert _as_service(house, "/internal/events?after=3").json()["events"] == []

    def test_says_when_facts_are_no_longer_kept(self, house: House) -> None:
        with house.store.write() as session:
            append_facts(session, *(Told(amount_minor=n) for n in (1, 2, 3)))
            outbox = house.store.plumbing.outbox
            session.execute(outbox.delete().where(outbox.c.sequence <= 2))
        answer = _as_service(house, "/internal/events?after=1")
        assert (answer.status_code, answer.json()["code"]) == (410, "facts.gone")
        assert _as_service(house, "/internal/events?after=2").status_code == 200

    def test_gives_the_snapshot_with_the_head_it_belongs_to(self, house: House) -> None:
        answer = _as_service(house, "/internal/snapshot").json()
        assert answer["accounts"] == ["a"]
        assert answer["head"]["sequence"] == 0

    def test_tells_with_the_snapshot_where_the_banks_clock_stands(self, house: House) -> None:
        with house.store.write() as session:
            keep_offset(session, house.store.plumbing.bank_clock, 86_400)
        assert _as_service(house, "/internal/snapshot").json()["clock_offset_seconds"] == 86_400

    def test_refuses_numbers_that_are_none(self, house: House) -> None:
        for query in ("after=-1", "after=x", "limit=0", "limit=1001"):
            assert _as_service(house, f"/internal/events?{query}").status_code == 422


class TestJobs:
    def test_are_told_and_pushed_for_the_one_service_that_shows_them(self, house: House) -> None:
        with house.store.write() as session:
            job_id = enqueue_job(session, kind="push_contract", unique_key="a", payload={"account_id": "a"})
        token = house.signer.service("transactions", audience="accounts")
        mine = {"authorization": f"Bearer {token}"}
        [kind] = house.http.get("/internal/jobs", headers=mine).json()["items"]
        assert (kind["kind"], kind["queued"], kind["runs"], kind["last_run_at"]) == ("push_contract", 1, 0, None)
        [run] = house.http.get("/internal/jobs/push_contract/runs", headers=mine).json()["items"]
        assert (run["id"], run["state"]) == (job_id, "queued")
        assert "payload" not in run
        pushed = house.http.post(f"/internal/jobs/{job_id}/run-again", headers=mine).json()
        assert (pushed["is_due"], pushed["run"]["state"]) == (True, "queued")
        assert house.http.post("/internal/jobs/none/run-again", headers=mine).json()["run"] is None
        assert _as_service(house, "/internal/jobs").status_code == 403
