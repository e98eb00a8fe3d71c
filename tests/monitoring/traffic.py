"""A bit of everything that people do at the bank, so that each panel has something to show."""

import time

from shared.ids import new_id
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

PAUSE_SECONDS = 0.2


def make_load(bank: Bank, *, seconds: float) -> int:
    """Use the bank for so long, a few requests at a time; gives how many rounds were made."""
    ends, rounds = time.monotonic() + seconds, 0
    ann, bob = (bank.new_customer(deposit_minor=100_000) for _ in range(2))
    staff = {name: bank.client(bank.login_demo(name)) for name in ("sue", "amir", "alma")}
    while time.monotonic() < ends:
        _money(bank, ann, bob)
        _people(bank, ann)
        staff["sue"].get("/tickets")
        staff["amir"].get("/ledger/invariants")
        staff["alma"].get("/announcements")
        rounds += 1
        time.sleep(PAUSE_SECONDS)
    return rounds


def _money(bank: Bank, ann: BankCustomer, bob: BankCustomer) -> None:
    key = new_id()
    for _ in range(3):
        ann.pay(bob, 10)
    ann.pay(bob, 20, key=key)
    ann.pay(bob, 20, key=key)  # replayed
    ann.pay(bob, 10**9)  # refused
    bob.pay_in(100)
    ann.booked_minor()


def _people(bank: Bank, ann: BankCustomer) -> None:
    bank.client().post("/auth/login", json={"email": ann.email, "password": "not-this-one"})
    bank.login(ann.email, ann.password)
    ann.read_account(ann.account_id)
    ann.inbox()
    ann.http.get("/nowhere")
    body = {"ticket_type": "general", "subject": "Hours", "description": "When do you open?"}
    ann.http.post("/tickets", json=body, headers={"idempotency-key": new_id()})
    ann.http.get("/tickets")
