"""The ledger's pure core against a model that a child could check: a hundred thousand random steps on four accounts.

Hypothesis plays the machine: a rule is a burst of commands, which it draws as bytes (six a step), so that it can
shorten and simplify what fails. The seed is printed; `LEDGER_SEED=<seed> pytest <this file>` plays it again.
"""

import os
import sys
from random import SystemRandom
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.transactions.use_cases import (
    book_batch,
    book_deposit,
    book_fee,
    book_transfer,
    book_withdrawal,
    capture_hold,
    place_hold,
    put_ledger_account,
    release_hold,
    reverse_entry,
)
from shared.clock import format_time
from tests.services.transactions.core_driver import CASH_ID, CLEARING_ID, FEES_ID, CoreDriver, contract
from tests.services.transactions.naive_bank import CASH, CLEARING, FEES, MINUTES_A_DAY, NAMES, NaiveBank

SEED = int(os.environ.get("LEDGER_SEED") or SystemRandom().randrange(2**32))
STEPS = 100_000
_BYTES = 6
_BURST = 60
_BURSTS_AN_EXAMPLE = 12
_STATUSES = (*("open",) * 6, "closed", "dormant")
_FREEZES = (*("none",) * 6, "debit", "credit", "all")


class Ledgers(RuleBasedStateMachine):
    """Both ledgers, step by step."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.core, self.naive = CoreDriver(), NaiveBank()
        self.versions = dict.fromkeys(NAMES, 1)
        self.verbs = (
            *(self.deposit, self.deposit, self.withdraw, self.transfer, self.transfer, self.place, self.place),
            *(self.capture, self.capture, self.release, self.reverse, self.batch, self.change, self.charge),
        )

    @rule(drawn=st.binary(min_size=_BURST * _BYTES, max_size=_BURST * _BYTES))
    def burst(self, drawn: bytes) -> None:
        """Do some steps in one batch."""
        for start in range(0, len(drawn), _BYTES):
            verb, one, other, low, high, more = drawn[start : start + _BYTES]
            amount = 1 + (low if high % 4 else low + 256 * (high % 8))
            # A zero byte is a deposit of 1: what Hypothesis finds simplest.
            same = other % 16 == 15
            party = NAMES[one % 4 if same else (one + 1 + other % 3) % 4]
            self.verbs[verb % len(self.verbs)](NAMES[one % 4], party, amount, more)
        Ledgers.steps += self.core.steps
        self.core.steps = 0

    @rule(minutes=st.integers(1, 12) | st.sampled_from((MINUTES_A_DAY, 9 * MINUTES_A_DAY)))
    def let_time_pass(self, minutes: int) -> None:
        """End the batch, let time pass, end holds whose time is over."""
        self.core.commit()
        self.core.minute += minutes
        self.core.load()
        self.core.expire()
        self.core.commit()
        self.core.load()
        self.naive.minute += minutes
        self.naive.expire()

    @invariant()
    def agree(self) -> None:
        """Compare every balance, every hold, and all money there is."""
        for name in NAMES:
            assert (self.core.booked(name), self.core.held(name)) == (self.naive.booked[name], self.naive.held(name))
        # Cash and clearing are assets: what is booked there mirrors what customers have.
        assert self.core.booked(CASH_ID) == -self.naive.booked[CASH]
        assert self.core.booked(CLEARING_ID) == -self.naive.booked[CLEARING]
        assert self.core.booked(FEES_ID) == self.naive.booked[FEES]
        assert sum(self.naive.booked.values()) == 0

    # ------------------------------------------------------------------------------------------------- the verbs

    def deposit(self, name: str, _other: str, amount: int, _more: int) -> None:
        booked = self.core.decide(book_deposit.COMMAND, {"account_id": name, **money(amount)})
        self.same(booked, self.naive.pay(id_of(booked), CASH, name, amount))

    def withdraw(self, name: str, _other: str, amount: int, _more: int) -> None:
        booked = self.core.decide(book_withdrawal.COMMAND, {"account_id": name, **money(amount)})
        self.same(booked, self.naive.pay(id_of(booked), name, CASH, amount))

    def charge(self, name: str, _other: str, amount: int, _more: int) -> None:
        booked = self.core.decide(book_fee.COMMAND, {"account_id": name, **money(amount % 20 + 1)})
        self.same(booked, self.naive.charge(id_of(booked), name, amount % 20 + 1))

    def transfer(self, payer: str, payee: str, amount: int, _more: int) -> None:
        booked = self.core.decide(book_transfer.COMMAND, transfer(payer, payee, amount))
        self.same(booked, self.naive.pay(id_of(booked), payer, payee, amount))

    def batch(self, payer: str, payee: str, amount: int, more: int) -> None:
        """Up to four transfers there and back; one of an atomic batch that fails takes all with it."""
        atomic = bool(more & 1)
        legs = [(payer, payee, amount), (payee, payer, 1 + amount // 2), (payer, payee, amount), (payer, payer, 1)]
        legs = legs[: 1 + (more >> 1) % 4]
        order = {"transfers": [transfer(*leg) for leg in legs], "atomic": atomic}
        decision = self.core.decide(book_batch.COMMAND, order)
        trial = NaiveBank(
            **{**vars(self.naive), "booked": dict(self.naive.booked), "entries": {}, "used": dict(self.naive.used)}
        )
        done = [trial.pay(f"t{number}", *leg) for number, leg in enumerate(legs)]
        assert (decision is not None) == (not atomic or all(done))
        if decision is None:
            return
        assert [result["status"] == "booked" for result in decision.answer["results"]] == done
        ids = iter(decision.entries)
        for leg, booked in zip(legs, done, strict=True):
            if booked:
                assert self.naive.pay(next(ids).id, *leg)

    def place(self, name: str, _other: str, amount: int, more: int) -> None:
        minutes = 1 + more % 20
        until = self.core.now.timestamp() + 60 * minutes
        moment = format_time(self.core.now.fromtimestamp(until, tz=self.core.now.tzinfo))
        placed = self.core.decide(place_hold.COMMAND, {"account_id": name, "expires_at": moment, **money(amount)})
        self.same(placed, self.naive.place(placed.subject_id if placed else "", name, amount, minutes))

    def capture(self, _name: str, payee: str, amount: int, more: int) -> None:
        if not (hold := self.picked(list(self.naive.holds), more)):
            return
        part, final, to = amount if more & 1 else None, bool(more & 2), payee if more & 4 else None
        order: dict[str, Any] = {"final": final, "amount_minor": part}
        order["to_account_number"] = f"DE00{to.upper()}" if to else None
        booked = self.core.decide(capture_hold.COMMAND, order, hold_id=hold)
        self.same(booked, self.naive.capture(id_of(booked), hold, to or CLEARING, part, final))

    def release(self, _name: str, _other: str, _amount: int, more: int) -> None:
        if hold := self.picked(list(self.naive.holds), more):
            self.same(self.core.decide(release_hold.COMMAND, {}, hold_id=hold), self.naive.release(hold))

    def reverse(self, _name: str, _other: str, _amount: int, more: int) -> None:
        # What this batch booked itself is not loaded, as in the store: nobody knows its id yet.
        entries = [one for one in self.core.reversible() if self.core.view.entry(one) is not None]
        if entry := self.picked(entries, more):
            booked = self.core.decide(reverse_entry.COMMAND, {"reason": "wrong"}, transaction_id=entry)
            self.same(booked, self.naive.reverse(id_of(booked), entry))

    def change(self, name: str, _other: str, amount: int, more: int) -> None:
        status, freeze = _STATUSES[amount % len(_STATUSES)], _FREEZES[more % len(_FREEZES)]
        self.versions[name] += 1
        order = contract(name, version=self.versions[name], status=status, freeze=freeze)
        changed = self.core.decide(put_ledger_account.COMMAND, order, account_id=name)
        self.same(changed, self.naive.change(name, status, freeze))

    @staticmethod
    def picked(among: list[str], more: int) -> str:
        """Pick one of the latest eight."""
        return among[-1 - (more >> 3) % min(8, len(among))] if among else ""

    @staticmethod
    def same(decision: object, done: bool) -> None:
        """Compare what both said."""
        assert (decision is not None) == done


def money(amount: int) -> dict[str, Any]:
    return {"amount_minor": amount, "currency": "EUR"}


def transfer(payer: str, payee: str, amount: int) -> dict[str, Any]:
    return {"from_account_id": payer, "to_account_id": payee, **money(amount)}


def id_of(decision: Any) -> str:
    return decision.entry.id if decision is not None else ""


class TestPureCore:
    @pytest.mark.timeout(300)
    def test_decides_each_of_a_hundred_thousand_steps_as_the_naive_model_does(self) -> None:
        sys.stdout.write(f"LEDGER_SEED={SEED}\n")
        Ledgers.steps = 0
        rounds = 0
        while Ledgers.steps < STEPS:
            played = seed(SEED + rounds)(Ledgers)
            options = settings(
                max_examples=100,
                stateful_step_count=_BURSTS_AN_EXAMPLE,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            run_state_machine_as_test(played, settings=options)
            rounds += 1
        sys.stdout.write(f"{Ledgers.steps} steps in {rounds} rounds\n")
