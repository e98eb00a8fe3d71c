"""Races at the ledger, on real processes: of two that want the same thing one wins, and what was answered stays so."""

import asyncio
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from shared.store.engine import Store
from shared.store.schema import tables_of
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer
from tests.builders.ledger_service import ContractDesk
from tests.builders.steady_load import Offered, offer

ROUNDS = 10
WHY = {"reason": "sent twice by mistake"}


def post(http: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    """Send a command with a new key."""
    return http.post(path, json=body, headers={"idempotency-key": new_id()})


def both(first: Callable[[], httpx.Response], second: Callable[[], httpx.Response]) -> list[int]:
    """Do two things at the same moment; gives both statuses."""
    ready = threading.Barrier(2)

    def run(call: Callable[[], httpx.Response]) -> int:
        ready.wait()
        return call().status_code

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(run, first), pool.submit(run, second)]]


@pytest.fixture
def contracts(bank: Bank) -> Iterator[ContractDesk]:
    desk = ContractDesk(bank)
    yield desk
    desk.close()


class TestTwoAtOnce:
    def test_of_captures_releases_and_reversals_let_one_win(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        tess, olu = bank.client(bank.login_demo("tess")), bank.client(bank.login_demo("olu"))
        place = {"account_id": payer.account_id, "amount_minor": 100, "currency": "EUR"}
        captured = 0
        for number in range(ROUNDS):
            hold = f"/holds/{post(payer.http, '/holds', place).json()['id']}"
            capture, release = (
                (lambda h=hold: post(tess, f"{h}/capture", {})),
                (lambda h=hold: post(payer.http, f"{h}/release", {})),
            )
            pair = ((capture, capture), (release, release), (capture, release))[number % 3]
            statuses = both(*pair)
            assert sorted(statuses) in ([200, 409], [201, 409]), statuses
            captured += statuses.count(201)
            entry = payer.pay(payee, 7).json()["id"]
            undo = lambda e=entry: post(olu, f"/transactions/{e}/reverse", WHY)  # noqa: E731 (a call for the race)
            assert sorted(both(undo, undo)) == [201, 409]
        assert payer.booked_minor() == 10_000 - 100 * captured
        assert payee.booked_minor() == 0
        assert payer.http.get(f"/balances/{payer.account_id}").json()["held_minor"] == 0

    def test_of_six_holds_of_a_thousand_on_five_thousand_refuse_one(self, bank: Bank) -> None:
        payer = bank.new_customer(deposit_minor=5_000)
        place = {"account_id": payer.account_id, "amount_minor": 1_000, "currency": "EUR"}
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _number: post(payer.http, "/holds", place), range(6)))
        assert Counter(answer.status_code for answer in answers) == {201: 5, 409: 1}
        refused = next(answer.json() for answer in answers if answer.status_code == 409)
        assert (refused["code"], refused["held_minor"]) == ("transactions.insufficient-funds", 5_000)
        assert refused["next_step"]


class Payers:
    """Pay out of an account from several threads until told to stop; keeps each answer with the moment it was sent."""

    def __init__(self, owner: BankCustomer, body: dict[str, Any], path: str = "/transfers") -> None:
        self._owner, self._body, self._path = owner, body, path
        self._stop = threading.Event()
        self.answers: list[tuple[float, httpx.Response]] = []
        self._threads = [threading.Thread(target=self._run) for _ in range(6)]

    def __enter__(self) -> "Payers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            sent = time.monotonic()
            self.answers.append((sent, post(self._owner.http, self._path, self._body)))

    def booked(self) -> set[str]:
        """Give the ids that were answered as booked."""
        return {answer.json()["id"] for _, answer in self.answers if answer.status_code == 201}


def entries_of(owner: BankCustomer, account_id: str) -> set[str]:
    """Read the ids of all entries of an account."""
    found: set[str] = set()
    after: str | None = None
    while True:
        query = {"account_id": account_id, "type": "transfer", "limit": "200", **({"after": after} if after else {})}
        page = owner.http.get("/transactions", params=query).json()
        found |= {item["id"] for item in page["items"]}
        after = page["next"]
        if after is None:
            return found


class TestAChangedContract:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"freeze": "debit"}, "transactions.account-frozen"),
            ({"min_balance_minor": 10**9}, "transactions.insufficient-funds"),
            ({"overdraft_limit_minor": 0}, "transactions.insufficient-funds"),
            ({"limits": {"kyc_level": 2, "per_day_count": 1}}, "transactions.limit-exceeded"),
        ],
    )
    def test_has_one_place_in_the_order_of_transfers(
        self, bank: Bank, contracts: ContractDesk, change: dict[str, Any], code: str
    ) -> None:
        owner, payee = bank.new_customer(), bank.new_customer()
        source = contracts.open(owner, overdraft_limit_minor=10**6)
        body = {"from_account_id": source, "to_account_id": payee.account_id, "amount_minor": 1, "currency": "EUR"}
        with Payers(owner, body) as payers:
            time.sleep(0.4)
            assert contracts.change(source, **change).status_code == 200
            effective = time.monotonic()
            at_that_moment = entries_of(owner, source)
            time.sleep(0.4)
        afterwards = entries_of(owner, source)
        assert at_that_moment == afterwards == payers.booked() != set()
        late = [answer for sent, answer in payers.answers if sent > effective]
        assert {(answer.status_code, answer.json()["code"]) for answer in late} == {(409, code)}
        assert payee.booked_minor() == len(afterwards)

    def test_that_closes_an_account_never_closes_it_over_money(self, bank: Bank, contracts: ContractDesk) -> None:
        owner = bank.new_customer()
        outcomes = Counter[tuple[int, int]]()
        for _ in range(ROUNDS):
            account = contracts.open(owner)
            pay_in = {"account_id": account, "amount_minor": 5, "currency": "EUR"}
            statuses = both(
                lambda a=account: contracts.change(a, status="closed"),
                lambda b=pay_in: post(owner.http, "/deposits", b),
            )
            outcomes[(statuses[0], statuses[1])] += 1
            booked = owner.http.get(f"/balances/{account}").json()["booked_minor"]
            assert (statuses, booked) in (([200, 409], 0), ([409, 201], 5))
        sys.stdout.write(f"closing against paying in: {dict(outcomes)}\n")


class TestAFullQueue:
    @pytest.mark.timeout(300)  # a bank of its own, with a queue of four
    def test_answers_503_with_retry_after_and_books_nothing(self) -> None:
        small = Bank(environment={"TRANSACTIONS_QUEUE_LIMIT": "4"})
        try:
            small.start()
            payer, payee = small.new_customer(deposit_minor=1_000), small.new_customer()
            path = small.folder.path / "transactions" / "transactions.db"
            other = Store(f"sqlite:///{path}", service="transactions", plumbing=tables_of("transactions")[1])
            with ThreadPoolExecutor(40) as pool:
                with other.writer.begin():  # another holds the store: the writer waits, and its queue fills
                    waiting = [pool.submit(payer.pay, payee, 1) for _ in range(40)]
                    time.sleep(2)
                answers = [one.result() for one in waiting]
            other.close()
            refused = [answer for answer in answers if answer.status_code == 503]
            assert {answer.status_code for answer in answers} == {201, 503}
            assert {answer.json()["code"] for answer in refused} == {"transactions.queue-full"}
            assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
            assert payee.booked_minor() == 40 - len(refused)
            assert payer.pay(payee, 1).status_code == 201
        finally:
            small.stop()
            small.remove()


class TestKillNineUnderLoad:
    RATE, SECONDS, KILL_AFTER = 2_000, 3.0, 1.2

    @pytest.mark.timeout(300)
    def test_each_acknowledged_transfer_exists_once(self) -> None:
        bank = Bank(seeded=False)  # of its own: twelve thousand mails would keep the others' waiting
        try:
            self.offer_and_kill(bank.start())
        finally:
            bank.stop()
            bank.remove()

    def offer_and_kill(self, bank: Bank) -> None:
        people = [bank.new_customer(deposit_minor=10_000) for _ in range(8)]
        pairs = list(zip(people, [*people[1:], people[0]], strict=True))
        killed = bank.record("writer").pid
        offered = asyncio.run(
            offer(
                bank,
                pairs,
                each_second=self.RATE,
                seconds=self.SECONDS,
                disturb=lambda: bank.kill("writer"),
                disturb_after_seconds=self.KILL_AFTER,
            )
        )
        sys.stdout.write(offered.summary() + "\n")
        bank.wait_ready("writer")
        assert bank.record("writer").pid != killed
        assert Counter(status for status, _ in offered.answers.values()) == {201: int(self.RATE * self.SECONDS)}
        acknowledged = Counter(body["id"] for _, body in offered.answers.values())
        assert set(acknowledged.values()) == {1}
        in_the_ledger: set[str] = set()
        for person in people:
            in_the_ledger |= entries_of(person, person.account_id)
        assert in_the_ledger == set(acknowledged)
        assert sum(person.booked_minor() for person in people) == 10_000 * len(people)
        self.repeat_some(offered)

    @staticmethod
    def repeat_some(offered: Offered) -> None:
        """Send a hundred keys once more: each gets its first answer."""
        for key in list(offered.answers)[:: len(offered.answers) // 100]:
            owner, body = offered.owners[key]
            again = owner.http.post("/transfers", json=body, headers={"idempotency-key": key})
            assert (again.status_code, again.json()) == offered.answers[key]
            assert again.headers["idempotency-replayed"] == "true"
