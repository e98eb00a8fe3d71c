"""Many at once on real processes: one key is one booking, one balance is spent once, and no money appears or goes."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

AT_ONCE = 50


def at_once(calls: int, call: object) -> list[httpx.Response]:
    """Run a call many times at once; each gets its number."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(call, range(calls)))  # type: ignore[arg-type]


class TestOneKey:
    def test_books_one_entry_for_fifty_requests_at_once(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        key = new_id()
        answers = at_once(50, lambda _number: payer.pay(payee, 100, key=key))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        replayed = [answer.headers.get("idempotency-replayed") for answer in answers]
        assert Counter(replayed) == {"true": 49, None: 1}
        assert (payer.booked_minor(), payee.booked_minor()) == (9_900, 100)

    def test_refuses_another_body_and_replays_the_first_answer(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        key = new_id()
        first = payer.pay(payee, 100, key=key)
        other = payer.pay(payee, 101, key=key)
        again = payer.pay(payee, 100, key=key)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key-reused")
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["idempotency-replayed"] == "true"
        assert "idempotency-replayed" not in first.headers


class TestOneBalance:
    def test_is_withdrawn_once_by_two_hundred_at_once(self, bank: Bank) -> None:
        owner = bank.new_customer(deposit_minor=5_000)
        body = {"account_id": owner.account_id, "amount_minor": 5_000, "currency": "EUR"}

        def withdraw(_number: int) -> httpx.Response:
            return owner.http.post("/withdrawals", json=body, headers={"idempotency-key": new_id()})

        answers = at_once(200, withdraw)
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 199}
        refused = next(answer for answer in answers if answer.status_code == 409).json()
        assert (refused["code"], refused["available_minor"]) == ("transactions.insufficient-funds", 0)
        assert owner.booked_minor() == 0


class TestStorms:
    def test_predecessor_d01_no_update_is_lost_when_two_accounts_pay_each_other(self, bank: Bank) -> None:
        ada, ben = bank.new_customer(deposit_minor=50_000), bank.new_customer(deposit_minor=50_000)

        def pay(number: int) -> httpx.Response:
            return ada.pay(ben, 1 + number % 7) if number % 2 else ben.pay(ada, 1 + number % 5)

        answers = at_once(600, pay)
        assert Counter(answer.status_code for answer in answers) == {201: 600}
        assert ada.booked_minor() + ben.booked_minor() == 100_000
        assert ada.booked_minor() == 50_000 + _net(answers, ada)

    def test_the_running_balance_of_every_posting_adds_up(self, bank: Bank) -> None:
        ada, ben = bank.new_customer(deposit_minor=1_000), bank.new_customer(deposit_minor=1_000)
        at_once(60, lambda number: ada.pay(ben, 3) if number % 2 else ben.pay(ada, 2))
        balance = 0
        for item in reversed(_all_transactions(ada)):
            posting = item["postings"][0]
            balance += posting["amount_minor"] if posting["direction"] == "credit" else -posting["amount_minor"]
            assert posting["balance_after_minor"] == balance
        assert balance == ada.booked_minor()


def _net(answers: list[httpx.Response], owner: BankCustomer) -> int:
    """Give what the answers say the owner gained, in minor units."""
    bodies = [answer.json() for answer in answers]
    return sum(-b["amount_minor"] if b["from_account_id"] == owner.account_id else b["amount_minor"] for b in bodies)


def _all_transactions(owner: BankCustomer) -> list[dict]:  # type: ignore[type-arg]
    """Read every page of an account's transactions, newest first."""
    items, after = [], None
    while True:
        parameters = {"account_id": owner.account_id, "limit": "17", **({"after": after} if after else {})}
        page = owner.http.get("/transactions", params=parameters).json()
        items += page["items"]
        after = page["next"]
        if after is None:
            assert len({item["id"] for item in items}) == len(items)
            return items
