"""The jobs of all services as staff see them: kinds, runs, one more run, and a service that does not answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from shared.store.job_queries import note_schedule
from shared.store.jobs import claim_job, due_jobs, enqueue_job, fail_job
from tests.services.transactions.conftest import LedgerBench
from tests.services.transactions.people import board_of, board_of_nobody, door

PATH = "/api/v1/jobs"


@pytest.fixture
def staff(bench: LedgerBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give a supervisor's way to a bank whose desk does not answer."""
    with door(bench, tmp_path, "transactions") as ledger:
        boards = {"transactions": board_of(ledger), "support": board_of_nobody("support")}
        with door(bench, tmp_path, "sam", job_boards=boards) as http:
            yield http


def failed(bench: LedgerBench, key: str) -> str:
    """Leave a job that failed for good; gives its id."""
    with bench.store.write() as session:
        job_id = enqueue_job(session, kind="end-of-day", unique_key=key, payload={"business_date": key})
        assert job_id is not None
        assert claim_job(session, job_id, lease_seconds=9) is not None
        fail_job(session, job_id, "Unavailable: the writer does not answer", retry_at=None)
    return job_id


def kind_of(http: TestClient, kind: str) -> dict[str, object]:
    """Give one kind of the ledger's jobs as the list shows it."""
    items = http.get(PATH).json()["items"]
    [found] = [one for one in items if (one["service"], one["kind"]) == ("transactions", kind)]
    return dict(found)


class TestTheListOfJobs:
    def test_shows_kinds_that_never_ran_and_names_who_does_not_answer(self, staff: TestClient) -> None:
        answer = staff.get(PATH).json()
        assert answer["unreachable"] == ["support"]
        end = kind_of(staff, "end-of-day")
        assert (end["state"], end["runs"], end["last_run_at"], end["bank_time"]) == ("idle", 0, None, True)
        assert end["schedule"] == "when a business date is over"
        assert str(end["next_run_at"]) < str(kind_of(staff, "month-statements")["next_run_at"])

    def test_shows_what_failed_with_its_reason(self, staff: TestClient, bench: LedgerBench) -> None:
        failed(bench, "2027-11-15")
        end = kind_of(staff, "end-of-day")
        assert (end["state"], end["dead"], end["runs"]) == ("dead", 1, 1)
        assert str(end["last_error"]).startswith("Unavailable")
        assert end["last_run_at"] is not None

    def test_shows_work_on_a_schedule_with_its_last_and_next_run(self, staff: TestClient, bench: LedgerBench) -> None:
        for runs, error in ((1, "Unavailable"), (4, None)):
            with bench.store.write() as session:
                note_schedule(session, "refresh-terms", every_seconds=60.0, runs=runs, error=error)
        found = kind_of(staff, "every.refresh-terms")
        assert (found["schedule"], found["state"], found["runs"]) == ("every 60 s", "idle", 5)
        assert str(found["last_run_at"]) < str(found["next_run_at"])

    def test_is_for_staff_and_another_run_for_supervisors(self, bench: LedgerBench, tmp_path: Path) -> None:
        for name, read, push in (("ada", 403, 403), ("sue", 200, 403), ("amir", 200, 403)):
            with door(bench, tmp_path, name) as http:
                assert http.get(PATH).status_code == read
                assert http.post(f"{PATH}/transactions/runs/x/run-again").status_code == push


class TestRuns:
    def test_are_listed_in_pages_the_newest_first(self, staff: TestClient, bench: LedgerBench) -> None:
        ids = [failed(bench, f"2027-11-1{n}") for n in range(3)]
        first = staff.get(f"{PATH}/transactions/end-of-day/runs", params={"limit": 2}).json()
        rest = staff.get(f"{PATH}/transactions/end-of-day/runs", params={"limit": 2, "after": first["next"]}).json()
        assert [one["id"] for one in [*first["items"], *rest["items"]]] == ids[::-1]
        assert rest["next"] is None
        done = staff.get(f"{PATH}/transactions/end-of-day/runs", params={"state": "done"}).json()
        assert done["items"] == []

    def test_of_a_kind_that_a_service_does_not_have_are_not_there(self, staff: TestClient) -> None:
        never_ran = staff.get(f"{PATH}/transactions/make-statement/runs")
        assert (never_ran.status_code, never_ran.json()["items"]) == (200, [])
        unknown = staff.get(f"{PATH}/transactions/nobody-knows/runs")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "transactions.job-not-found")

    def test_that_failed_are_due_again_and_it_is_kept_who_asked(self, staff: TestClient, bench: LedgerBench) -> None:
        job_id = failed(bench, "2027-11-15")
        for _ in range(2):
            again = staff.post(f"{PATH}/transactions/runs/{job_id}/run-again")
            assert (again.status_code, again.json()["state"], again.json()["attempts"]) == (200, "queued", 0)
        with bench.store.read() as session:
            assert list(due_jobs(session)) == [job_id]
        assert bench.count("audit") >= 1

    def test_of_a_schedule_are_made_on_demand(self, staff: TestClient, bench: LedgerBench) -> None:
        with bench.store.write() as session:
            note_schedule(session, "refresh-terms", every_seconds=60.0, runs=1, error=None)
        [row] = staff.get(f"{PATH}/transactions/every.refresh-terms/runs").json()["items"]
        assert staff.post(f"{PATH}/transactions/runs/{row['id']}/run-again").json()["state"] == "queued"

    def test_that_are_going_on_or_unknown_are_refused(self, staff: TestClient, bench: LedgerBench) -> None:
        with bench.store.write() as session:
            job_id = enqueue_job(session, kind="end-of-day", unique_key="x", payload={})
            assert job_id is not None
            claim_job(session, job_id, lease_seconds=9)
        assert (
            staff.post(f"{PATH}/transactions/runs/{job_id}/run-again").json()["code"] == "transactions.job-not-waiting"
        )
        for path in ("transactions/runs/none", "accounts/runs/none"):
            assert staff.post(f"{PATH}/{path}/run-again").json()["code"] == "transactions.job-not-found"
        assert staff.post(f"{PATH}/nobody/runs/x/run-again").status_code == 422
        assert staff.get(f"{PATH}/support/every.watch-promises/runs").status_code == 503
