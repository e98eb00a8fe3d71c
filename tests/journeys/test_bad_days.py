"""Bad days: processes killed in the middle, Redis gone and emptied, no mail server. Money and facts stay whole."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

PROCESSES = ["transactions", "writer", "gateway", "accounts", "identity", "notifications", "support"]


def pay_until_answered(payer: BankCustomer, payee: BankCustomer, *, key: str, seconds: float = 30) -> httpx.Response:
    """Repeat a transfer with its key until the bank answers it, as a careful client does."""
    ends = time.monotonic() + seconds
    while True:
        try:
            answer = payer.pay(payee, 1, key=key)
            if answer.status_code < 500 or time.monotonic() > ends:
                return answer
        except httpx.HTTPError:
            if time.monotonic() > ends:
                raise
        time.sleep(0.1)


def items_of(customer: BankCustomer, kind: str) -> list[str]:
    """Give the entry ids of all inbox items of a kind."""
    found, after = [], None
    while True:
        parameters = {"limit": "200", **({"after": after} if after else {})}
        page = customer.http.get("/notifications", params=parameters).json()
        found += [item["transaction_id"] for item in page["items"] if item["kind"] == kind]
        after = page["next"]
        if after is None:
            return found


def inboxes_are_complete(payer: BankCustomer, payee: BankCustomer, entries: set[str]) -> bool:
    """Tell whether each entry is exactly once in both inboxes."""
    sent, received = items_of(payer, "transfer-out"), items_of(payee, "transfer-in")
    return Counter(sent) == Counter(entries) == Counter(received)


class TestKillNine:
    @pytest.mark.parametrize("name", PROCESSES)
    def test_each_transfer_exists_once_and_both_inboxes_are_complete(self, bank: Bank, name: str) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        with ThreadPoolExecutor(8) as pool:
            waiting = [pool.submit(pay_until_answered, payer, payee, key=new_id()) for _ in range(60)]
            time.sleep(0.15)
            bank.kill(name)
            waiting += [pool.submit(pay_until_answered, payer, payee, key=new_id()) for _ in range(60)]
            answers = [one.result() for one in waiting]
        bank.wait_ready(name)
        assert {answer.status_code for answer in answers} == {201}
        entries = {answer.json()["id"] for answer in answers}
        assert len(entries) == 120
        bank.wait_until(lambda: payer.http.get("/notifications").status_code == 200)
        assert (payer.booked_minor(), payee.booked_minor()) == (10_000 - 120, 120)
        bank.wait_until(lambda: inboxes_are_complete(payer, payee, entries), timeout_seconds=20)

    def test_a_repeat_after_the_kill_gives_the_first_answer(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=100), bank.new_customer()
        key = new_id()
        first = payer.pay(payee, 1, key=key)
        bank.kill("writer")
        bank.kill("transactions")
        again = pay_until_answered(payer, payee, key=key)
        assert (again.status_code, again.content) == (201, first.content)
        assert payee.booked_minor() == 1


class TestRedis:
    @pytest.mark.timeout(400)  # thirty seconds without Redis, then up to 200 for the last mail
    def test_gone_for_thirty_seconds_and_emptied_loses_and_doubles_nothing(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
        entries: set[str] = set()

        def pay(times: int) -> None:
            for _ in range(times):
                answer = payer.pay(payee, 1)
                assert answer.status_code == 201, answer.text
                entries.add(answer.json()["id"])

        pay(5)
        bank.kill("redis")
        bank.wait_ready("redis")  # the process manager brings it back at once; it is taken away for longer
        bank.redis_stop()
        gone = time.monotonic()
        while time.monotonic() - gone < 30:
            pay(2)
            time.sleep(1)
        # While Redis is away, facts still arrive: consumers ask their publishers.
        bank.wait_until(lambda: inboxes_are_complete(payer, payee, entries), timeout_seconds=10)
        bank.redis_start()
        bank.wait_ready("redis")
        pay(5)
        bank.redis_flush()
        pay(5)
        bank.redis_flush()
        bank.wait_until(lambda: inboxes_are_complete(payer, payee, entries), timeout_seconds=20)
        bank.wait_until(lambda: _mails_to(bank, payee.email, "transfer") >= len(entries), timeout_seconds=200)


class TestMail:
    def test_predecessor_d04_money_moves_without_a_mail_server_and_mails_come_later(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        bank.stop_process("mail")
        answers = [payer.pay(payee, 1) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201] * 3
        time.sleep(2)
        bank.start_process("mail")
        bank.wait_until(lambda: _mails_to(bank, payee.email, "transfer") == 3, timeout_seconds=90)
        time.sleep(1)
        assert _mails_to(bank, payee.email, "transfer") == 3


class TestAFact:
    def test_reaches_the_inbox_soon_after_the_answer(self, bank: Bank) -> None:
        payer, payee = bank.new_customer(deposit_minor=1_000), bank.new_customer()
        entry = payer.pay(payee, 1).json()["id"]
        bank.wait_until(lambda: entry in items_of(payee, "transfer-in"), timeout_seconds=5)


def _mails_to(bank: Bank, address: str, word: str) -> int:
    """Count the mails at /dev/mail to an address whose subject has a word."""
    mails = httpx.get(f"{bank.url}/dev/mail", params={"format": "json", "to": address}, timeout=30).json()["items"]
    return sum(1 for mail in mails if address in mail["to"] and word in mail["subject"].lower())
