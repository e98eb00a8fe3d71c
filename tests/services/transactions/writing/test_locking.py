"""Several writers on one PostgreSQL: whatever they lock, the books are those of one."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from services.transactions.writing import expiry, locking
from services.transactions.writing.expiry import expire_due_holds
from services.transactions.writing.locking import NotLocked, require_locked
from services.transactions.writing.submission import Answer, Submission
from shared.clock import bank_now
from tests.services.transactions.conftest import ACCOUNTS, ADA, BEN, DEPOSIT, PUT, TESS, TRANSFER, LedgerBench, transfer

pytestmark = pytest.mark.postgres

HOLD = "POST /api/v1/holds"
WRITERS = 6


def side_by_side(bench: LedgerBench, batches: list[list[Submission]]) -> list[Answer]:
    """Book batches as so many writers; gives all answers in order."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return [answer for answers in pool.map(lambda batch: bench.book(*batch), batches) for answer in answers]


def statuses(answers: list[Answer]) -> Counter[int]:
    """Count the answers by status."""
    return Counter(answer.status for answer in answers)


class TestWriters:
    def test_pay_in_rings_and_lose_nothing(self, bench: LedgerBench) -> None:
        ada, ben = bench.open("ada"), bench.open("ben")
        bench.deposit(ada, 1_000)
        bench.deposit(ben, 1_000)
        there = [bench.submission(TRANSFER, transfer(ada, ben, 1), ADA) for _ in range(60)]
        back = [bench.submission(TRANSFER, transfer(ben, ada, 1), BEN) for _ in range(60)]
        mixed = [one for pair in zip(there, back, strict=True) for one in pair]
        answers = side_by_side(bench, [mixed[start : start + 10] for start in range(0, 120, 10)])
        assert statuses(answers) == {201: 120}
        assert (bench.booked(ada), bench.booked(ben)) == (1_000, 1_000)
        assert bench.count("journal_entries") == bench.count("outbox") == 122

    def test_spend_a_balance_once(self, bench: LedgerBench) -> None:
        ada, ben = bench.open("ada"), bench.open("ben")
        bench.deposit(ada, 50)
        orders = [[bench.submission(TRANSFER, transfer(ada, ben, 10), ADA)] for _ in range(24)]
        assert statuses(side_by_side(bench, orders)) == {201: 5, 409: 19}
        assert (bench.booked(ada), bench.booked(ben)) == (0, 50)

    @pytest.mark.parametrize("key_locks", [512, 0])
    def test_book_one_key_once(self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch, key_locks: int) -> None:
        """With locks the second waits; without them its insert fails, and it is decided anew."""
        monkeypatch.setattr(locking, "KEY_LOCKS", key_locks)
        ada, ben = bench.open("ada"), bench.open("ben")
        bench.deposit(ada, 50)
        orders = [[bench.submission(TRANSFER, transfer(ada, ben, 10), ADA, key="same")] for _ in range(12)]
        answers = side_by_side(bench, orders)
        assert statuses(answers) == {201: 12}
        assert len({answer.body for answer in answers}) == 1
        assert bench.booked(ben) == 10

    @pytest.mark.parametrize("key_locks", [512, 0])
    def test_book_one_key_once_though_its_accounts_differ(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch, key_locks: int
    ) -> None:
        monkeypatch.setattr(locking, "KEY_LOCKS", key_locks)
        accounts = [bench.open(f"ada{number}", owners=["c-ada"]) for number in range(8)]
        for account in accounts:
            bench.deposit(account, 10)
        pairs = zip(accounts[::2], accounts[1::2], strict=True)
        orders = [[bench.submission(TRANSFER, transfer(payer, payee, 10), ADA, key="same")] for payer, payee in pairs]
        assert statuses(side_by_side(bench, orders)) == {201: 1, 422: 3}
        assert bench.count("journal_entries") == 9

    def test_open_an_internal_account_once(self, bench: LedgerBench) -> None:
        """The first deposits of a branch all want to open its cash account."""
        accounts = [bench.open(f"c{number}") for number in range(WRITERS)]
        body: dict[str, Any] = {"amount_minor": 5, "currency": "EUR"}
        orders = [[bench.submission(DEPOSIT, {**body, "account_id": account}, TESS)] for account in accounts]
        assert statuses(side_by_side(bench, orders)) == {201: WRITERS}
        assert sum(bench.booked(account) for account in accounts) == 5 * WRITERS

    def test_book_to_an_account_that_is_opened_meanwhile(self, bench: LedgerBench) -> None:
        ada, tail = bench.open("ada"), {"amount_minor": 1, "currency": "EUR"}
        bench.deposit(ada, 100)
        opening = [_open(bench, f"n{number}") for number in range(10)]
        paying = [
            bench.submission(TRANSFER, {"from_account_id": ada, "to_account_number": f"DE00N{number}", **tail}, ADA)
            for number in range(10)
        ]
        batches = [[one] for pair in zip(opening, paying, strict=True) for one in pair]
        answers = side_by_side(bench, batches)
        assert {answer.status for answer in answers} <= {200, 201, 404}
        booked = sum(answer.status == 201 for answer in answers)
        assert bench.booked(ada) == 100 - booked
        assert sum(bench.booked(f"a-n{number}") for number in range(10)) == booked

    def test_refuse_to_decide_on_what_is_not_locked(self, bench: LedgerBench) -> None:
        ada = bench.open("ada")
        with bench.store.write(alone=False) as session:
            locking.lock_accounts(session, [ada])
            require_locked(session, [ada])
            with pytest.raises(NotLocked):
                require_locked(session, [ada, "a-ben"])

    def test_end_a_hold_once(self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch) -> None:
        ada = bench.open("ada")
        bench.deposit(ada, 100)
        body = {"account_id": ada, "amount_minor": 10, "currency": "EUR", "description": "card"}
        holds = [bench.submission(HOLD, body, TESS) for _ in range(6)]
        assert statuses(bench.book(*holds)) == {201: 6}
        monkeypatch.setattr(expiry, "bank_now", _later(bank_now))
        with ThreadPoolExecutor(WRITERS) as pool:
            ended = list(pool.map(lambda _: expire_due_holds(bench.store), range(WRITERS)))
        assert sum(ended) == 6
        with bench.store.read() as session:
            told = session.connection().exec_driver_sql(
                "SELECT count(*) FROM outbox WHERE type LIKE '%%hold-expired%%'"
            )
            assert told.scalar() == 6


def _later(clock: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: clock() + timedelta(days=400)


def _open(bench: LedgerBench, name: str) -> Submission:
    body = {
        "version": 1,
        "account_number": f"DE00{name.upper()}",
        "owners": [f"c-{name}"],
        "holder_name": name.title(),
        "product": "everyday",
        "currency": "EUR",
        "branch_id": "main",
        "customer_may_deposit": True,
    }
    return bench.submission(PUT, body, ACCOUNTS, account_id=f"a-{name}")
