"""Reading balances, transactions and holds."""

import time

from starlette.testclient import TestClient

from shared.clock import bank_now, format_time
from tests.services.transactions.api.test_odd_queries import http
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer
from tests.services.transactions.use_cases.test_place_hold import PLACE, order

__all__ = ["http"]


class TestBalances:
    def test_give_parts_that_add_up_to_what_is_available(self, http: TestClient, bench: LedgerBench) -> None:
        bench.one(PLACE, order("a-ada", 120), ADA)
        balance = http.get("/api/v1/balances/a-ada").json()
        assert sum(part["amount_minor"] for part in balance["parts"]) == balance["available_minor"] == 380
        assert http.get("/api/v1/balances?account_ids=a-ada").json()["items"][0]["held_minor"] == 120

    def test_of_the_past_are_what_was_booked_at_that_moment(self, http: TestClient, bench: LedgerBench) -> None:
        bench.open("ben")
        before = format_time(bank_now())
        time.sleep(0.002)
        bench.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)
        assert http.get("/api/v1/balances/a-ada").json()["booked_minor"] == 400
        past = http.get("/api/v1/balances/a-ada", params={"as_of": before}).json()
        assert (past["booked_minor"], past["as_of"]) == (500, before)
        day = http.get("/api/v1/balances/a-ada", params={"as_of": before[:10]}).json()
        assert day["booked_minor"] == 400

    def test_of_more_than_a_hundred_accounts_are_refused(self, http: TestClient) -> None:
        answer = http.get("/api/v1/balances", params={"account_ids": ",".join(["a-ada"] * 101)})
        assert (answer.status_code, answer.json()["accounts"], answer.json()["limit"]) == (422, 101, 100)


class TestTransactions:
    def test_are_filtered_by_type_day_and_text(self, http: TestClient, bench: LedgerBench) -> None:
        bench.open("ben")
        bench.one(TRANSFER, {**transfer("a-ada", "a-ben", 100), "description": "Rent for May"}, ADA)
        today = http.get("/api/v1/business-date").json()["business_date"]

        def count(**query: str) -> int:
            return len(http.get("/api/v1/transactions", params={"account_id": "a-ada", **query}).json()["items"])

        assert count() == 2
        assert (count(type="transfer"), count(type="deposit"), count(type="fee")) == (1, 1, 0)
        assert (count(q="rent"), count(q="100%")) == (1, 0)
        assert (count(**{"from": today}), count(to=today)) == (2, 0)


class TestHolds:
    def test_are_listed_newest_first_in_pages(self, http: TestClient, bench: LedgerBench) -> None:
        placed = [bench.one(PLACE, order("a-ada", amount), ADA)[1]["id"] for amount in (1, 2, 3)]
        page = http.get("/api/v1/holds", params={"account_id": "a-ada", "limit": "2"}).json()
        rest = http.get("/api/v1/holds", params={"account_id": "a-ada", "limit": "2", "after": page["next"]}).json()
        assert [hold["id"] for hold in (*page["items"], *rest["items"])] == placed[::-1]
        assert rest["next"] is None
