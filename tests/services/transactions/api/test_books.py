"""The books as their readers see them: chart, trial balance, day book, end-of-day balances, several currencies."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from services.transactions.store.day_store import move_business_date
from shared import clock
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import (
    ADA,
    ADJUSTMENT,
    BEN,
    FEE,
    INTEREST,
    OLU,
    SAM,
    TESS,
    TRANSFER,
    LedgerBench,
)

READERS = {
    role: Caller(user_id=f"u-{role}", roles=frozenset({role}), session_id="s")
    for role in ("auditor", "admin", "support")
}
CALLERS = {**READERS, "ada": ADA, "ben": BEN, "tess": TESS, "olu": OLU, "sam": SAM}
CURRENCIES = {"EUR": "ada", "JPY": "yui", "KWD": "kim"}


class Everyone:
    """Knows everybody by name."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token."""
        return CALLERS.get(raw)

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token."""
        raise InvalidToken


def money(account: str, amount_minor: int, currency: str, **more: Any) -> dict[str, Any]:
    """Make the part of a body that every command of the bank has."""
    return {"account_id": account, "amount_minor": amount_minor, "currency": currency, **more}


def open_day(bench: LedgerBench, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Move the clock so many days ahead and end the business date before."""
    monkeypatch.setattr(clock._BankOffset, "value", timedelta(days=number))
    with bench.store.write() as session:
        move_business_date(session, clock.bank_now().date())


@pytest.fixture
def books(bench: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> LedgerBench:
    """Give a ledger that booked every kind of entry in three currencies yesterday, and a fee in each today."""
    monkeypatch.setattr(clock._BankOffset, "value", timedelta(days=1))
    for currency, name in CURRENCIES.items():
        payer = bench.open(name, currency=currency)
        payee = bench.open(f"{name}2", currency=currency, product="savings", overdraft_limit_minor=50)
        bench.deposit(payer, 1000, currency)
        pair = {"from_account_id": payer, "to_account_id": payee, "amount_minor": 333, "currency": currency}
        assert bench.one(TRANSFER, pair, TESS)[0] == 201
        assert bench.one(INTEREST, money(payee, 7, currency), OLU)[0] == 201
        body = money(payee, 400, currency, direction="debit", against="suspense", reason="wrong account")
        assert bench.one(ADJUSTMENT, body, OLU)[0] == 201
    open_day(bench, monkeypatch, 2)
    for currency, name in CURRENCIES.items():
        assert bench.one(FEE, money(f"a-{name}", 11, currency), OLU)[0] == 201
    return bench


@pytest.fixture
def http(books: LedgerBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give the HTTP door, opened by the auditor unless a token is named."""
    app = build_app(settings=TransactionsSettings(data_dir=tmp_path), store=books.store, verifier=Everyone())
    with TestClient(app, headers={"authorization": "Bearer auditor"}) as client:
        yield client


def today(http: TestClient) -> date:
    """Give the business date."""
    return date.fromisoformat(http.get("/api/v1/business-date").json()["business_date"])


class TestTrialBalance:
    def test_has_debits_equal_to_credits_in_every_currency(self, http: TestClient) -> None:
        found = http.get("/api/v1/ledger/trial-balance").json()
        assert found["balanced"] is True
        assert [one["currency"] for one in found["currencies"]] == ["EUR", "JPY", "KWD"]
        for one in found["currencies"]:
            assert (one["debit_minor"], one["credit_minor"], one["balanced"]) == (1067, 1067, True)
            assert [
                (line["kind"], line["product"], line["debit_minor"], line["credit_minor"]) for line in one["lines"]
            ] == [
                ("cash", None, 1000, 0),
                ("fee-income", None, 0, 11),
                ("interest-expense", None, 7, 0),
                ("suspense", None, 0, 400),
                ("customer", "everyday", 0, 656),
                ("customer", "savings", 60, 0),
            ]

    def test_of_a_day_or_a_moment_is_what_was_booked_then(self, http: TestClient) -> None:
        yesterday = (today(http) - timedelta(days=1)).isoformat()
        for as_of in (yesterday, f"{yesterday}T23:59:59Z"):
            found = http.get("/api/v1/ledger/trial-balance", params={"as_of": as_of}).json()
            assert (found["balanced"], found["as_of"]) == (True, as_of)
            income = [line for line in found["currencies"][0]["lines"] if line["kind"] == "fee-income"]
            assert [(line["debit_minor"], line["credit_minor"]) for line in income] == [(0, 0)]
        ago = http.get("/api/v1/ledger/trial-balance", params={"as_of": "0001-01-01"}).json()
        assert all(one["debit_minor"] == 0 for one in ago["currencies"])
        assert http.get("/api/v1/ledger/trial-balance", params={"as_of": "soon"}).status_code == 422

    @pytest.mark.parametrize("path", ["trial-balance", "day-book", "accounts"])
    def test_and_the_other_books_are_for_their_readers_only(self, http: TestClient, path: str) -> None:
        statuses = {
            name: http.get(f"/api/v1/ledger/{path}", headers={"authorization": f"Bearer {name}"}).status_code
            for name in CALLERS
        }
        assert {name for name, status in statuses.items() if status == 200} == {"auditor", "admin", "olu", "sam"}
        assert set(statuses.values()) == {200, 403}


class TestBankAccounts:
    def test_are_listed_with_kind_side_and_name(self, http: TestClient) -> None:
        first = http.get("/api/v1/ledger/accounts", params={"limit": "5"}).json()
        rest = http.get("/api/v1/ledger/accounts", params={"limit": "50", "after": first["next"]}).json()
        found = [*first["items"], *rest["items"]]
        assert len({one["id"] for one in found}) == len(found) == 12
        assert rest["next"] is None
        cash = next(one for one in found if one["kind"] == "cash" and one["currency"] == "JPY")
        assert (cash["name"], cash["normal"], cash["branch_id"], cash["booked_minor"]) == (
            "Cash, branch main", "debit", "main", 1000,
        )  # fmt: skip


class TestDayBook:
    def test_has_every_entry_of_a_day_once_and_the_days_totals(self, http: TestClient) -> None:
        yesterday = (today(http) - timedelta(days=1)).isoformat()
        items: list[Any] = []
        after: str | None = None
        while True:
            query = {"business_date": yesterday, "limit": "5", **({"after": after} if after else {})}
            page = http.get("/api/v1/ledger/day-book", params=query).json()
            items += page["items"]
            after = page["next"]
            if after is None:
                break
        assert [one["type"] for one in items] == ["deposit", "transfer", "interest", "adjustment"] * 3
        assert len({one["id"] for one in items}) == 12
        for one in items:
            sides = [
                sum(p["amount_minor"] for p in one["postings"] if p["direction"] == d) for d in ("debit", "credit")
            ]
            assert sides == [one["amount_minor"]] * 2
        totals = {(one["currency"], one["type"]): (one["entries"], one["amount_minor"]) for one in page["totals"]}
        assert totals["KWD", "transfer"] == (1, 333)
        assert len(totals) == 12

    def test_is_of_the_open_day_unless_said(self, http: TestClient) -> None:
        page = http.get("/api/v1/ledger/day-book").json()
        assert page["business_date"] == today(http).isoformat()
        assert [one["type"] for one in page["items"]] == ["fee"] * 3

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_of_a_far_day_is_empty(self, http: TestClient, day: str) -> None:
        page = http.get("/api/v1/ledger/day-book", params={"business_date": day}).json()
        assert (page["items"], page["totals"], page["next"]) == ([], [], None)

    @pytest.mark.parametrize("query", ["business_date=2026-02-30", "after=eA", "after=!", "limit=0"])
    def test_refuses_what_it_cannot_read(self, http: TestClient, query: str) -> None:
        assert 400 <= http.get(f"/api/v1/ledger/day-book?{query}").status_code < 500


class TestBalanceHistory:
    def test_gives_days_that_are_over_in_pages_to_owner_and_staff(self, http: TestClient, books: LedgerBench) -> None:
        yesterday = today(http) - timedelta(days=1)
        address = "/api/v1/balances/a-ada/history"
        owner = {"authorization": "Bearer ada"}
        found = http.get(address, headers=owner).json()
        day = {"business_date": yesterday.isoformat(), "booked_minor": 667}
        assert found == {"items": [{"account_id": "a-ada", **day, "currency": "EUR"}], "next": None}
        as_of = http.get("/api/v1/balances/a-ada", params={"as_of": yesterday.isoformat()}, headers=owner).json()
        assert as_of["booked_minor"] == 667
        assert http.get(address).json() == found
        assert http.get(address, headers={"authorization": "Bearer ben"}).status_code == 404
        assert http.get(address, params={"from": today(http).isoformat()}).json()["items"] == []
        assert http.get(address, params={"to": yesterday.isoformat()}).json()["items"] == []

    def test_pages_by_day(self, http: TestClient, books: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> None:
        open_day(books, monkeypatch, 3)
        books.deposit("a-ada", 1)
        first = http.get("/api/v1/balances/a-ada/history", params={"limit": "1"}).json()
        rest = http.get("/api/v1/balances/a-ada/history", params={"limit": "1", "after": first["next"]}).json()
        assert [one["booked_minor"] for one in (*first["items"], *rest["items"])] == [667, 656]
        assert rest["next"] is None
        assert http.get("/api/v1/balances/a-ada/history?after=eA").status_code == 400
