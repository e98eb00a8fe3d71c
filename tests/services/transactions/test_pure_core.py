"""The ledger's pure core against a model that a child could check: thousands of random steps on four accounts.

Failing? The seed is printed: `LEDGER_SEED=<seed> pytest tests/services/transactions/test_pure_core.py` plays it again.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import SystemRandom
from typing import Any

from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.use_cases import book_deposit, book_transfer, book_withdrawal
from services.transactions.use_cases.deciding import Command, Context
from services.transactions.writing.view import BatchView
from shared.errors import Conflict
from tests.services.transactions.conftest import TESS

SEED = int(os.environ.get("LEDGER_SEED") or SystemRandom().randrange(2**32))
NAMES = ("a", "b", "c", "d")
FLOORS = {"a": 0, "b": 0, "c": 100, "d": -50}
"""How low a debit may bring each account: nothing, nothing, a min balance, an overdraft; in minor units."""

Step = tuple[str, str, str, int]
names = st.sampled_from(NAMES)
amounts = st.one_of(st.integers(1, 40), st.integers(1, 400))
steps = st.lists(
    st.tuples(st.sampled_from(("deposit", "withdraw", "transfer")), names, names, amounts), min_size=60, max_size=120
)


@dataclass
class Naive:
    """The same bank in six lines."""

    booked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    paid_in: int = 0

    def take(self, step: Step) -> bool:
        """Do a step if it may be done."""
        kind, payer, payee, amount = step
        debited = None if kind == "deposit" else payer
        credited = None if kind == "withdraw" else payee
        if debited == credited or (debited and self.booked[debited] - amount < FLOORS[debited]):
            return False
        for name, change in ((debited, -amount), (credited, amount)):
            if name:
                self.booked[name] += change
            else:
                self.paid_in -= change
        return True


class Core:
    """The real decisions on the real overlay, without a store."""

    def __init__(self) -> None:
        self.view = BatchView([_account(name) for name in NAMES])
        self._moment = datetime(2026, 1, 1, tzinfo=UTC)
        self._number = 0
        self.cash: str | None = None

    def take(self, step: Step) -> bool:
        """Decide a step and take its effect over."""
        command, order = _order(step)
        self._number += 1
        context = Context(TESS, self._moment, date(2026, 1, 1), f"e-{self._number}")
        try:
            decision = command.decide(command.order.model_validate(order), context, self.view)
        except Conflict:
            return False
        entry = decision.entry
        assert entry is not None
        debits = sum(p.amount_minor for p in entry.postings if p.direction == "debit")
        assert debits == sum(p.amount_minor for p in entry.postings if p.direction == "credit") == step[3]
        self.view.apply_entry(entry)
        for posting in entry.postings:
            assert self.booked(posting.account_id) == posting.balance_after_minor
            if posting.account_id not in NAMES:
                self.cash = posting.account_id
        return True

    def booked(self, account_id: str | None) -> int:
        """Give a balance in minor units."""
        account = self.view.account(account_id or "")
        return account.booked_minor if account else 0


def _account(name: str) -> LedgerAccount:
    floor = FLOORS[name]
    low, over = max(0, floor), max(0, -floor)
    return LedgerAccount(id=name, kind="customer", currency="EUR", min_balance_minor=low, overdraft_limit_minor=over)


def _order(step: Step) -> tuple[Command, dict[str, Any]]:
    kind, payer, payee, amount = step
    money = {"amount_minor": amount, "currency": "EUR"}
    if kind == "transfer":
        return book_transfer.COMMAND, {"from_account_id": payer, "to_account_id": payee, **money}
    if kind == "deposit":
        return book_deposit.COMMAND, {"account_id": payee, **money}
    return book_withdrawal.COMMAND, {"account_id": payer, **money}


class TestPureCore:
    @seed(SEED)
    @settings(max_examples=50, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck))
    @given(steps=steps)
    def test_decides_each_step_as_the_naive_model_does(self, steps: list[Step]) -> None:
        note(f"LEDGER_SEED={SEED}")
        naive, core = Naive(), Core()
        for step in steps:
            assert core.take(step) == naive.take(step), step
            assert {name: core.booked(name) for name in NAMES} == naive.booked
            assert core.booked(core.cash) == naive.paid_in == sum(naive.booked.values())
