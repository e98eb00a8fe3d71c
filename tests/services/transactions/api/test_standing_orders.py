"""Standing orders over HTTP and at the end of days: rhythm, weekends, retries, pause, once and for all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from services.transactions.tasks.end_of_day import EndOfDay
from shared.errors import Unavailable
from tests.services.transactions.conftest import TESS, WITHDRAWAL
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.people import door
from tests.services.transactions.tasks.conftest import days

__all__ = ["EndOfDay", "days"]

PATH = "/api/v1/standing-orders"
ORDER = {
    "from_account_id": "a-ada", "to_account_number": "DE00BEN", "amount_minor": 1_000, "currency": "EUR",
    "description": "rent", "rhythm": "weekly", "start_on": "2027-11-19",
}  # fmt: skip


@pytest.fixture
def ada(days: DayBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give ada's way to the API, on Monday 15 November 2027."""
    with door(days, tmp_path, "ada") as http:
        yield http


def place(http: TestClient, **changed: Any) -> dict[str, Any]:
    answer = http.post(PATH, json={**ORDER, **changed})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(days: DayBench) -> int:
    return int(days.rows("SELECT count(*) FROM outbox WHERE type = 'bank.transactions.standing-order-failed.v1'")[0][0])


class TestStandingOrders:
    def test_come_about_in_their_rhythm(self, ada: TestClient, days: DayBench) -> None:
        made = place(ada)
        assert made["upcoming"][:2] == ["2027-11-19", "2027-11-26"]
        assert ada.get(f"{PATH}/upcoming?until=2027-11-26").json()["items"][1]["due_on"] == "2027-11-26"
        days.end_days(date(2027, 11, 27))
        seen = ada.get(f"{PATH}/{made['id']}").json()
        assert [(one["due_on"], one["state"]) for one in seen["occurrences"]] == [
            ("2027-11-26", "booked"),
            ("2027-11-19", "booked"),
        ]
        assert days.booked("a-ben") == -48_000
        entry = ada.get(f"/api/v1/transactions/{seen['occurrences'][0]['transaction_id']}").json()
        assert (entry["type"], entry["description"], entry["business_date"]) == ("transfer", "rent", "2027-11-26")

    @pytest.mark.parametrize(
        ("rule", "due"), [("following", "2027-11-22"), ("preceding", "2027-11-19"), ("none", "2027-11-20")]
    )
    def test_wait_over_the_weekend_or_come_before_it(
        self, ada: TestClient, days: DayBench, rule: str, due: str
    ) -> None:
        made = place(ada, rhythm="once", start_on="2027-11-20", calendar_rule=rule)
        assert made["next_due_on"] == due
        days.end_days(date.fromisoformat(due))
        assert days.booked("a-ben") == -50_000
        days.end_day()
        assert days.booked("a-ben") == -49_000
        assert ada.get(f"{PATH}/{made['id']}").json()["status"] == "ended"

    def test_are_tried_again_and_their_customer_hears_of_it(self, ada: TestClient, days: DayBench) -> None:
        cash = {"account_id": "a-ada", "amount_minor": 999_400, "currency": "EUR"}
        assert days.one(WITHDRAWAL, cash, TESS)[0] == 201
        made = place(ada, amount_minor=1_000, rhythm="once", start_on="2027-11-16", retries=2)
        place(ada, amount_minor=400, rhythm="once", start_on="2027-11-16")
        days.end_days(date(2027, 11, 18))
        [one] = ada.get(f"{PATH}/{made['id']}").json()["occurrences"]
        assert (one["state"], one["tries"], one["refusal"]) == ("due", 2, "transactions.insufficient-funds")
        assert told(days) == 2
        days.end_day()
        [one] = ada.get(f"{PATH}/{made['id']}").json()["occurrences"]
        assert (one["state"], one["tries"], told(days)) == ("failed", 3, 3)
        days.end_days(date(2027, 11, 22))
        assert told(days) == 3
        assert days.booked("a-ben") == -49_600

    def test_leave_out_what_falls_into_a_pause(self, ada: TestClient, days: DayBench) -> None:
        made = place(ada)
        paused = ada.patch(f"{PATH}/{made['id']}", json={"status": "paused", "version": made["version"]}).json()
        assert (paused["status"], paused["upcoming"]) == ("paused", [])
        days.end_days(date(2027, 11, 25))
        again = ada.patch(f"{PATH}/{made['id']}", json={"status": "active", "version": paused["version"]}).json()
        assert again["next_due_on"] == "2027-11-26"
        days.end_days(date(2027, 11, 27))
        assert days.booked("a-ben") == -49_000

    def test_change_and_end(self, ada: TestClient, days: DayBench) -> None:
        made = place(ada)
        changed = ada.patch(f"{PATH}/{made['id']}", json={"amount_minor": 500, "version": 1}).json()
        assert (changed["amount_minor"], changed["version"]) == (500, 2)
        late = ada.patch(f"{PATH}/{made['id']}", json={"amount_minor": 7, "version": 1})
        assert (late.status_code, late.json()["code"]) == (412, "transactions.order-changed")
        assert ada.delete(f"{PATH}/{made['id']}").status_code == 204
        assert ada.delete(f"{PATH}/{made['id']}").status_code == 204
        days.end_days(date(2027, 11, 21))
        assert days.booked("a-ben") == -50_000
        assert ada.patch(f"{PATH}/{made['id']}", json={"amount_minor": 1, "version": 3}).status_code == 409

    def test_keep_why_the_desk_paused_and_cancelled_them(self, ada: TestClient, days: DayBench, tmp_path: Path) -> None:
        path = f"{PATH}/{place(ada)['id']}"
        with door(days, tmp_path, "tess") as tess:
            paused = tess.patch(path, json={"status": "paused", "version": 1, "reason": "asked by telephone"})
            assert (paused.status_code, paused.json()["status"]) == (200, "paused")
            assert tess.delete(f"{path}?reason=the flat is given up").status_code == 204
            assert tess.delete(f"{path}?reason=x").status_code == 422
        told = days.rows("SELECT reason FROM audit WHERE command = 'change-standing-order' ORDER BY sequence")
        assert told == [("asked by telephone",), ("the flat is given up",)]

    def test_are_their_owners_only(self, ada: TestClient, days: DayBench, tmp_path: Path) -> None:
        made = place(ada)
        with door(days, tmp_path, "ben") as ben:
            assert ben.get(f"{PATH}/{made['id']}").json()["code"] == "transactions.order-not-found"
            assert ben.get(PATH).json()["items"] == []
            assert ben.post(PATH, json=ORDER).status_code == 404
        with door(days, tmp_path, "tess") as tess:
            assert len(tess.get(PATH, params={"account_id": "a-ada"}).json()["items"]) == 1

    @pytest.mark.parametrize(
        ("changed", "status", "code"),
        [
            ({"start_on": "2027-11-14"}, 422, "transactions.bad-order-days"),
            ({"end_on": "2027-11-18"}, 422, "transactions.bad-order-days"),
            ({"to_account_number": "DE00NONE"}, 404, "transactions.payee-not-found"),
            ({"to_account_number": "DE00ADA"}, 409, "transactions.same-account"),
            ({"currency": "JPY"}, 409, "transactions.currency-mismatch"),
            ({"rhythm": "hourly"}, 422, "request.invalid"),
            ({"amount_minor": 0}, 422, "request.invalid"),
        ],
    )
    def test_refuse_what_cannot_come_about(self, ada: TestClient, changed: Any, status: int, code: str) -> None:
        answer = ada.post(PATH, json={**ORDER, **changed})
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_ask_for_a_step_up_as_a_transfer_does(self, ada: TestClient) -> None:
        answer = ada.post(PATH, json={**ORDER, "amount_minor": 40_000})  # more than a new payee may get is refused
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.step-up-required")
        assert answer.json()["action"] == "standing-order"

    def test_with_a_key_are_placed_once(self, ada: TestClient) -> None:
        for _ in range(2):
            answer = ada.post(PATH, json=ORDER, headers={"idempotency-key": "k"})
            assert answer.status_code == 201
        assert len(ada.get(PATH).json()["items"]) == 1

    def test_are_booked_once_when_the_writer_answers_into_the_void(
        self, ada: TestClient, days: DayBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place(ada, start_on="2027-11-15")
        book = days.lane.book

        def deaf(commands: Any) -> Any:
            book(commands)
            raise Unavailable("The answer was lost.")

        monkeypatch.setattr(days.lane, "book", deaf)
        with pytest.raises(Unavailable):
            days.end_day()
        monkeypatch.setattr(days.lane, "book", book)
        days.end_day()
        assert days.booked("a-ben") == -49_000
