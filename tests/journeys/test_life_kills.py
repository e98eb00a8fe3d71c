"""kill -9 between every two steps of onboarding, opening, freezing and closing; and the one order of a freeze.

The process that is killed takes one request on the real bank (`builders/dying_accounts.py`). Then the request is
repeated there under its key, or nobody comes back and the bank's worker ends it.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.accounts.store.tables import PLUMBING
from shared.ids import new_id
from shared.store.engine import Store
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.builders.dying_accounts import Request, dies_at

MOST_POINTS = 20
LONG_AGO = "2000-01-01T00:00:00.000000Z"


def until_it_lives(bank: Bank, make: Callable[[], Request], seen: Callable[[Request, int], None]) -> int:
    """Kill at each point in turn, and look, until the process comes to its answer; gives how many there were."""
    for point in range(1, MOST_POINTS):
        request = make()
        if not dies_at(bank, request, point=point):
            return point - 1
        seen(request, point)
    raise AssertionError("the request has no end")


def repeat(bank: Bank, request: Request) -> Any:
    """Send a request that was cut off once more, as its client would, and give the answer's body."""
    answer = bank.client().post(request.path, json=request.body, headers=request.all_headers)
    assert answer.status_code in (200, 201), answer.text
    again = bank.client().post(request.path, json=request.body, headers=request.all_headers)
    assert (again.content, again.headers["idempotency-replayed"]) == (answer.content, "true")
    return answer.json()


def let_the_worker_come(bank: Bank) -> None:
    """Make every contract's job due, as it is once the time of its request is over."""
    environment = bank.environment
    url = environment.get("ACCOUNTS_DATABASE_URL") or f"sqlite:///{bank.folder.path / 'accounts' / 'accounts.db'}"
    store = Store(url, service="accounts", plumbing=PLUMBING)
    try:
        with store.write() as session:
            session.connection().exec_driver_sql(
                f"UPDATE jobs SET run_after = '{LONG_AGO}' WHERE kind = 'push_contract' AND state = 'queued'"
            )
    finally:
        store.close()


class Home:
    """A customer with accounts to spare."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.customer: BankCustomer = bank.new_customer(deposit_minor=1_000)

    def account(self, deposit_minor: int = 0) -> str:
        """Open an account, and pay in."""
        opened = self.customer.http.post(
            "/accounts", json={"product": "everyday"}, headers={"idempotency-key": new_id()}
        )
        assert opened.status_code == 201, opened.text
        account_id = str(opened.json()["id"])
        if deposit_minor:
            body = {"account_id": account_id, "amount_minor": deposit_minor, "currency": "EUR"}
            paid = self.customer.http.post("/deposits", json=body, headers={"idempotency-key": new_id()})
            assert paid.status_code == 201, paid.text
        return account_id

    def status(self, account_id: str) -> str:
        return str(self.customer.http.get(f"/accounts/{account_id}").json()["status"])

    def accounts(self) -> list[dict[str, Any]]:
        return list(self.customer.http.get("/accounts", params={"limit": 200}).json()["items"])

    def booked(self, account_id: str) -> int:
        return int(self.customer.http.get(f"/balances/{account_id}").json()["booked_minor"])

    def request(self, path: str, body: dict[str, Any]) -> Request:
        return Request(path, body, new_id(), self.customer.token)


@pytest.fixture
def home(bank: Bank) -> Home:
    return Home(bank)


class TestKillsBetweenEveryTwoSteps:
    def test_of_onboarding_leave_one_customer_with_one_login_and_one_account(self, bank: Bank) -> None:
        def make() -> Request:
            tag = new_id()
            body = {
                "email": f"kill-{tag}@demo.bank",
                "password": f"Vault-{tag}",
                "first_name": "Kim",
                "last_name": "Cut",
                "phone": f"+49151{int(tag[-8:], 16) % 10**8:08d}",
                "date_of_birth": "1990-05-17",
                "address": {
                    "street": "Probeweg 1",
                    "city": "Berlin",
                    "state": "Berlin",
                    "postal_code": "10115",
                    "country": "DE",
                },
                "account": {"product": "everyday"},
            }
            return Request("/customers", body, tag)

        def seen(request: Request, _point: int) -> None:
            made = repeat(bank, request)
            email, password = request.body["email"], request.body["password"]
            http = bank.client(bank.login(email, password))
            assert http.get("/customers/me").json()["id"] == made["customer"]["id"]
            [account] = http.get("/accounts").json()["items"]
            bank.wait_until(lambda: http.get(f"/accounts/{account['id']}").json()["status"] == "open")
            found = bank.client(bank.login_demo("tess")).post("/customers/search", json={"email": email}).json()
            assert [one["id"] for one in found["items"]] == [made["customer"]["id"]]

        assert until_it_lives(bank, make, seen) >= 6

    def test_of_opening_leave_one_open_account(self, bank: Bank, home: Home) -> None:
        left: list[int] = []

        def seen(request: Request, point: int) -> None:
            before = len(home.accounts())
            made = repeat(bank, request)
            assert home.status(made["id"]) == "open"
            assert len(home.accounts()) == before + (1 if point == 1 else 0)
            alone = home.request("/accounts", {"product": "everyday"})
            assert dies_at(bank, alone, point=point)
            left.append(point)

        assert until_it_lives(bank, lambda: home.request("/accounts", {"product": "everyday"}), seen) >= 4
        let_the_worker_come(bank)
        bank.wait_until(lambda: {one["status"] for one in home.accounts()} == {"open"}, timeout_seconds=30)
        # 1 at first, one for each repeat, one for each left alone whose first commit was through, one for the answer
        assert len(home.accounts()) == 1 + len(left) + len([point for point in left if point > 1]) + 1

    def test_of_freezing_leave_it_frozen_at_the_ledger(self, bank: Bank, home: Home) -> None:
        left: list[str] = []

        def freeze(account_id: str) -> Request:
            return home.request(f"/accounts/{account_id}/freeze", {"reason": "lost phone"})

        def seen(request: Request, point: int) -> None:
            assert repeat(bank, request)["status"] == "frozen"
            assert pays(home, request.path.split("/")[2]) == "transactions.account-frozen"
            alone = home.account(5)
            assert dies_at(bank, freeze(alone), point=point)
            if point > 1:
                left.append(alone)
            else:
                assert home.status(alone) == "open"

        assert until_it_lives(bank, lambda: freeze(home.account(5)), seen) >= 4
        let_the_worker_come(bank)
        bank.wait_until(lambda: {home.status(one) for one in left} == {"frozen"}, timeout_seconds=30)
        assert {pays(home, one) for one in left} == {"transactions.account-frozen"}

    def test_of_closing_pay_out_once(self, bank: Bank, home: Home) -> None:
        left: list[str] = []
        payout = home.customer.account_id

        def close(account_id: str) -> Request:
            body = {"reason": "moving", "payout_account_id": payout}
            return home.request(f"/accounts/{account_id}/close", body)

        def seen(request: Request, point: int) -> None:
            assert repeat(bank, request)["status"] == "closed"
            alone = home.account(5)
            assert dies_at(bank, close(alone), point=point)
            if point > 1:
                left.append(alone)
            else:
                assert home.status(alone) == "open"

        points = until_it_lives(bank, lambda: close(home.account(7)), seen)
        assert points >= 4
        let_the_worker_come(bank)
        bank.wait_until(lambda: {home.status(one) for one in left} == {"closed"}, timeout_seconds=30)
        archived = home.customer.http.get("/closed-accounts", params={"limit": 200}).json()["items"]
        assert len(archived) == points + 1 + len(left)
        assert home.booked(payout) == 1_000 + 7 * (points + 1) + 5 * len(left)


def pays(home: Home, account_id: str) -> str:
    """Try to pay a cent from an account, and give the refusal."""
    body = {
        "from_account_id": account_id,
        "to_account_id": home.customer.account_id,
        "amount_minor": 1,
        "currency": "EUR",
    }
    answer = home.customer.http.post("/transfers", json=body, headers={"idempotency-key": new_id()})
    return str(answer.json()["code"])


class TestFreezeAgainstTransfer:
    @pytest.mark.parametrize("frozen", ["payer", "payee"])
    def test_has_one_order(self, bank: Bank, frozen: str) -> None:
        for _round in range(3):
            payer, payee = bank.new_customer(deposit_minor=100_000), bank.new_customer()
            owner = payer if frozen == "payer" else payee
            tries: list[tuple[float, float, int, str]] = []
            over: list[float] = []

            def pay_on(payer: BankCustomer = payer, payee: BankCustomer = payee) -> None:
                refused = 0
                while refused < 3:
                    begun = time.monotonic()
                    answer = payer.pay(payee, 1)
                    tries.append((begun, time.monotonic(), answer.status_code, answer.json().get("code", "")))  # noqa: B023
                    refused += answer.status_code != 201

            with ThreadPoolExecutor(4) as pool:
                payments = [pool.submit(pay_on) for _ in range(3)]
                bank.wait_until(lambda: len(tries) > 10)  # noqa: B023
                done = owner.http.post(f"/accounts/{owner.account_id}/freeze", json={"reason": "lost phone"})
                over.append(time.monotonic())
                assert (done.status_code, done.json()["status"]) == (200, "frozen")
                for one in payments:
                    one.result()
            booked = [one for one in tries if one[2] == 201]
            refused = [one for one in tries if one[2] != 201]
            assert {(one[2], one[3]) for one in refused} == {(409, "transactions.account-frozen")}
            # Whoever began after the freeze was to be seen, by its answer or by a refusal, was refused.
            visible = min([over[0], *(ended for _begun, ended, _status, _code in refused)])
            assert all(begun <= visible for begun, *_rest in booked)
            assert payer.booked_minor() == 100_000 - len(booked)
            assert payee.booked_minor() == len(booked)
