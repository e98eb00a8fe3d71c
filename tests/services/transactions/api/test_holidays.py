"""The bank's holidays over HTTP: listed by year, kept and withdrawn with a reason, and who may."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.people import door
from tests.services.transactions.tasks.conftest import days

__all__ = ["days"]

PATH = "/api/v1/holidays"
WHY = {"reason": "The vault is moved"}
MOVING: dict[str, Any] = {"day": "2027-11-19", "name": "Moving house", **WHY}


@pytest.fixture
def sam(days: DayBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give a supervisor's way to the API, on Monday 15 November 2027."""
    with door(days, tmp_path, "sam") as http:
        yield http


class TestHolidays:
    def test_of_a_year_are_the_calendars_and_the_banks_own(self, sam: TestClient) -> None:
        kept = sam.post(PATH, json=MOVING)
        assert kept.status_code == 201
        assert kept.json() == {**MOVING, "kind": "own", "kept_by": "u-sam", "kept_at": kept.json()["kept_at"]}
        listed = sam.get(PATH).json()
        assert (listed["calendar"], listed["year"], listed["next"]) == ("TARGET", 2027, None)
        assert [(one["day"], one["kind"]) for one in listed["items"]][-3:] == [
            ("2027-11-19", "own"),
            ("2027-12-25", "calendar"),
            ("2027-12-26", "calendar"),
        ]
        assert listed["items"][-3] == kept.json()
        assert all(one["kind"] == "calendar" for one in sam.get(PATH, params={"year": 2028}).json()["items"])

    def test_move_what_is_due_as_soon_as_they_are_kept(self, sam: TestClient, days: DayBench, tmp_path: Path) -> None:
        order = {"from_account_id": "a-ada", "to_account_number": "DE00BEN", "amount_minor": 1_000, "currency": "EUR",
                 "rhythm": "weekly", "start_on": "2027-11-19"}  # fmt: skip
        sam.post(PATH, json=MOVING)
        with door(days, tmp_path, "ada") as ada:
            made = ada.post("/api/v1/standing-orders", json=order).json()
        assert (made["next_due_on"], made["upcoming"][:2]) == ("2027-11-22", ["2027-11-22", "2027-11-26"])
        days.end_days(days.today.replace(day=18))
        assert sam.get("/api/v1/business-date").json()["next_banking_day"] == "2027-11-22"

    def test_are_withdrawn_for_a_reason_and_once_per_key(self, sam: TestClient) -> None:
        sam.post(PATH, json=MOVING)
        for replayed in (None, "true"):
            gone = sam.post(f"{PATH}/2027-11-19/withdraw", json=WHY, headers={"Idempotency-Key": "k1"})
            assert (gone.status_code, gone.json()["name"]) == (200, "Moving house")
            assert gone.headers.get("Idempotency-Replayed") == replayed
        assert sam.post(f"{PATH}/2027-11-19/withdraw", json=WHY).json()["code"] == "transactions.holiday-not-found"

    @pytest.mark.parametrize(
        ("changed", "status", "code"),
        [
            ({"day": "2027-11-15"}, 422, "transactions.bad-holiday"),
            ({"day": "2027-11-20"}, 409, "transactions.already-closed"),
            ({"day": "2027-02-30"}, 422, "request.invalid"),
            ({"day": 20271119}, 422, "request.invalid"),
            ({"name": ""}, 422, "request.invalid"),
            ({"reason": "no"}, 422, "request.invalid"),
        ],
    )
    def test_are_refused(self, sam: TestClient, changed: dict[str, Any], status: int, code: str) -> None:
        answer = sam.post(PATH, json={**MOVING, **changed})
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_need_a_reason_and_a_day(self, sam: TestClient) -> None:
        assert sam.post(PATH, json={"day": "2027-11-19", "name": "Moving house"}).status_code == 422
        assert sam.post(f"{PATH}/2027-11-19/withdraw", json={}).status_code == 422
        assert sam.post(f"{PATH}/tomorrow/withdraw", json=WHY).status_code == 422
        assert sam.get(PATH, params={"year": 1999}).status_code == 422

    def test_are_read_by_staff_and_changed_by_supervisors(self, days: DayBench, tmp_path: Path) -> None:
        for name, read, change in (("ada", 403, 403), ("tess", 200, 403), ("olu", 200, 403), ("amir", 200, 403)):
            with door(days, tmp_path, name) as http:
                assert http.get(PATH).status_code == read
                assert http.post(PATH, json=MOVING).status_code == change
                assert http.post(f"{PATH}/2027-11-19/withdraw", json=WHY).status_code == change
