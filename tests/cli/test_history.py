"""`strongroom seed --history`: a year of movements under fixed keys, taken up where it was left."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.bank_client import BankClient, Surprise
from cli.data_folder import DataFolder
from cli.history import History
from cli.people import CUSTOMERS

FIRST = date(2027, 1, 4)


class BankOfDays:
    """Stands for the bank's API: it keeps each key once, and its date goes on when it is asked to."""

    def __init__(self) -> None:
        self.today = FIRST
        self.keys: list[str] = []
        self.advanced: list[int] = []
        self.products: tuple[str, ...] = ("current", "savings", "everyday")

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path.removeprefix("/api/v1"), json.loads(request.content or b"{}")
        if path == "/auth/login":
            return httpx.Response(200, json={"access_token": body["email"]})
        if path == "/business-date":
            return httpx.Response(200, json={"business_date": self.today.isoformat(), "state": "open"})
        if path == "/business-date/advance":
            self.advanced.append(body["days"])
            self.today += timedelta(days=body["days"])
            return httpx.Response(202, json={"job_id": "j"})
        if path == "/accounts":
            return httpx.Response(200, json={"items": [self._account(product) for product in self.products]})
        self.keys.append(request.headers["idempotency-key"])
        return httpx.Response(201, json={"id": "x"})

    @staticmethod
    def _account(product: str) -> dict[str, Any]:
        return {"id": f"a-{product}", "product": product, "account_number": "DE00", "status": "open"}

    def client(self) -> BankClient:
        client = BankClient("http://bank")
        client._client = httpx.Client(base_url="http://bank/api/v1", transport=httpx.MockTransport(self.answer))
        return client


class TestHistory:
    def test_goes_through_a_year_month_by_month(self, tmp_path: Path) -> None:
        bank = BankOfDays()
        last = History(bank.client(), DataFolder.at(tmp_path)).play(lambda _name, _done, _total: None)
        assert last == "2028-01-04"
        assert (sum(bank.advanced), max(bank.advanced)) == (365, 30)
        accounts = sum(len(person.accounts) for person in CUSTOMERS)
        assert len(bank.keys) == len(set(bank.keys)) == 4 + 13 * (accounts + 4)

    def test_goes_on_where_it_was_cut_off(self, tmp_path: Path) -> None:
        bank, folder = BankOfDays(), DataFolder.at(tmp_path)
        History(bank.client(), folder).play(lambda _name, _done, _total: None, days=45)
        assert bank.advanced == [30, 15]
        History(bank.client(), folder).play(lambda _name, _done, _total: None, days=70)
        assert bank.advanced == [30, 15, 15, 10]
        assert bank.today == FIRST + timedelta(days=70)

    def test_needs_the_demo_people(self, tmp_path: Path) -> None:
        bank = BankOfDays()
        bank.products = ("fixed-deposit",)
        with pytest.raises(Surprise, match="strongroom seed"):
            History(bank.client(), DataFolder.at(tmp_path)).play(lambda _name, _done, _total: None)
