"""The life of an account against a model that a child could check: who wishes what, in any order, on any ledger.

Hypothesis plays the machine on real use cases and a real store. After each wish the answer (its refusal's code), the
status that is shown, the freeze, who may lift it, the ledger's copy and every fact told so far are what the model says.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.account_life import Freeze, Lifter
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import Settled
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.push_contract import push_contract
from services.accounts.use_cases.reopen_account import reopen_account
from services.accounts.use_cases.turn_dormant import turn_dormant
from services.accounts.use_cases.unfreeze_account import unfreeze_account
from services.accounts.use_cases.wake_account import wake_account
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.ids import new_id
from shared.observability.context import request_context
from shared.store.outbox_queries import events_after, head
from tests.services.accounts.conftest import OLU, SAM, Register
from tests.services.accounts.lives import Lives
from tests.services.accounts.naive_life import DONE, WAITS, Actor, NaiveLife
from tests.services.accounts.neighbours import clients_of

ACTORS = some.sampled_from(("owner", "officer", "supervisor"))
REASONS = some.sampled_from((None, "because"))
FREEZES = some.sampled_from(("debit", "credit", "all"))
LIFTERS = some.sampled_from((None, "customer", "officer", "supervisor"))
SETTINGS = AccountsSettings(environment="sandbox")


class Twins(RuleBasedStateMachine):
    """An account, and the same account on the napkin."""

    def __init__(self, lives: Lives, owner: Caller) -> None:
        """Open the account, and another that a rest can go to."""
        super().__init__()
        self.lives, self.naive = lives, NaiveLife()
        lives.neighbours.down, lives.neighbours.lost_answers = set(), set()
        with lives.store.read() as session:
            self.since = head(session).sequence
        self.account_id, self.other = lives.open(owner), lives.open(owner)
        self.callers: dict[Actor, Caller] = {"owner": owner, "officer": OLU, "supervisor": SAM}

    def same(self, wish: Callable[[LedgerClient], Settled], expected: str) -> None:
        """Do a wish as a last try, so that nothing waits between tries; compare what came of it."""
        ledger = clients_of(self.lives.neighbours, SETTINGS)[1]  # its own, so no breaker is open from before
        try:
            with request_context(attempt=2):
                found = {200: DONE, 202: WAITS}[wish(ledger).status]
        except Refusal as no:
            found = no.code
        assert found == expected

    @rule(by=ACTORS, how=FREEZES, lifter=LIFTERS, reason=REASONS)
    def freeze(self, by: Actor, how: str, lifter: str | None, reason: str | None) -> None:
        order = FreezeOrder(Freeze(how), reason, Lifter(lifter) if lifter else None)
        self.same(
            lambda ledger: freeze_account(
                self.lives.store, ledger, caller=self.callers[by], account_id=self.account_id, order=order
            ),
            self.naive.freeze_it(by, how, lifter, reason),
        )

    @rule(by=ACTORS, reason=REASONS)
    def unfreeze(self, by: Actor, reason: str | None) -> None:
        self.same(
            lambda ledger: unfreeze_account(
                self.lives.store,
                ledger,
                caller=self.callers[by],
                account_id=self.account_id,
                reason=reason,
                confirm=lambda _: new_id(),
            ),
            self.naive.unfreeze(by, reason),
        )

    @rule(by=ACTORS, reason=REASONS)
    def wake(self, by: Actor, reason: str | None) -> None:
        self.same(
            lambda ledger: wake_account(
                self.lives.store,
                ledger,
                caller=self.callers[by],
                account_id=self.account_id,
                reason=reason,
                confirm=lambda _: new_id(),
            ),
            self.naive.wake(by, reason),
        )

    @rule(by=ACTORS, reason=REASONS, with_payout=some.booleans())
    def close(self, by: Actor, reason: str | None, with_payout: bool) -> None:
        order = ClosingOrder(reason, self.other if with_payout else None)
        self.same(
            lambda ledger: close_account(
                self.lives.store, ledger, caller=self.callers[by], account_id=self.account_id, order=order
            ),
            self.naive.close(by, reason, with_payout=with_payout),
        )

    @rule(by=some.sampled_from(("officer", "supervisor")), reason=REASONS)
    def reopen(self, by: Actor, reason: str | None) -> None:
        self.same(
            lambda ledger: reopen_account(
                self.lives.store,
                ledger,
                caller=self.callers[by],
                account_id=self.account_id,
                reason=reason,
                window=timedelta(days=1),
            ),
            self.naive.reopen(reason),
        )

    @rule()
    def sleep(self) -> None:
        """Let a year without a movement go by."""
        with self.lives.store.write() as session:
            turn_dormant(session, account_id=self.account_id)
        self.naive.sleep()

    @precondition(lambda self: self.naive.shown == "open")
    @rule(amount=some.integers(1, 9))
    def pay_in(self, amount: int) -> None:
        """Put money on it, as a booking of the ledger does."""
        self.lives.neighbours.balances[self.account_id] += amount
        self.naive.balance += amount

    @precondition(lambda self: self.naive.ledger == "there")
    @rule(mute=some.booleans())
    def lose_the_ledger(self, mute: bool) -> None:
        """Let the ledger be away, or do what it is told without an answer."""
        neighbours = self.lives.neighbours
        (neighbours.lost_answers if mute else neighbours.down).add("transactions")
        self.naive.ledger = "mute" if mute else "away"

    @rule()
    def come_back(self) -> None:
        """Let the ledger be there, and the worker do its job, twice."""
        self.lives.neighbours.down, self.lives.neighbours.lost_answers = set(), set()
        for _ in range(2):
            push_contract(self.lives.store, clients_of(self.lives.neighbours, SETTINGS)[1], account_id=self.account_id)
        self.naive.come_back()
        row, held = self.lives.row(self.account_id), self.lives.neighbours.contracts[self.account_id]
        asleep_or_open = "dormant" if self.naive.asleep else "open"
        expected = "closed" if self.naive.status == "closed" else asleep_or_open
        assert (held["status"], held["freeze"]) == (expected, self.naive.freeze)
        assert row.pushed_version == row.contract_version == held["version"]
        assert self.lives.neighbours.balances[self.account_id] == self.naive.balance

    @invariant()
    def looks_the_same(self) -> None:
        row = self.lives.row(self.account_id)
        assert (row.status, row.freeze) == (self.naive.shown, self.naive.freeze)
        assert row.reopening == (self.naive.waiting == "reopen")
        assert self.naive.shown != "frozen" or row.lifted_by == self.naive.lifter

    @invariant()
    def told_the_same(self) -> None:
        with self.lives.store.read() as session:
            facts = events_after(session, self.since, 500)
        mine = [one for one in facts if one["data"].get("account_id") == self.account_id]
        assert [str(one["type"]).split(".")[2] for one in mine] == self.naive.told


class TestLifeOfAnAccount:
    @pytest.mark.timeout(120)
    def test_is_what_the_model_says_whoever_wishes_what_in_whatever_order(
        self, lives: Lives, register: Register
    ) -> None:
        owner = register()

        class OfAda(Twins):
            def __init__(self) -> None:
                super().__init__(lives, owner)

        options = settings(
            max_examples=50,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(OfAda, settings=options)
