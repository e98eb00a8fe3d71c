"""The states of an account: what may follow what, and that no order of wishes leaves the two books apart."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from services.accounts.domain.account_life import (
    Freeze,
    LifeState,
    contract_status,
    require_closable,
    settled_status,
)
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.reopen_account import reopen_account
from services.accounts.use_cases.turn_dormant import turn_dormant
from services.accounts.use_cases.unfreeze_account import unfreeze_account
from services.accounts.use_cases.wake_account import wake_account
from shared.clients.http import CalleeUnavailable
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.ids import new_id
from tests.services.accounts.conftest import OLU, Lives, Register

MAY_FOLLOW = {
    "open": {"freezing", "closing", "dormant"},
    "dormant": {"freezing", "closing", "unfreezing"},
    "freezing": {"frozen"},
    "frozen": {"freezing", "unfreezing"},
    "unfreezing": {"open", "dormant"},
    "closing": {"closed", "open", "dormant"},
    "closed": {"open"},
}
WORDS = ("freeze", "unfreeze", "close", "close-with-payout", "reopen", "sleep", "wake", "ledger-away", "ledger-back")


class TestLifeState:
    def test_settles_where_the_change_leads(self) -> None:
        assert settled_status(LifeState("opening")) == "open"
        assert settled_status(LifeState("freezing", Freeze.DEBIT)) == "frozen"
        assert settled_status(LifeState("unfreezing", is_dormant=True)) == "dormant"
        assert settled_status(LifeState("closing")) == "closed"
        assert settled_status(LifeState("closing", closing_refused=True)) == "open"
        assert settled_status(LifeState("closed", reopening=True)) == "open"

    def test_tells_the_ledger_open_dormant_or_closed(self) -> None:
        assert contract_status(LifeState("freezing", Freeze.ALL)) == "open"
        assert contract_status(LifeState("frozen", Freeze.ALL, is_dormant=True)) == "dormant"
        assert contract_status(LifeState("closing")) == "closed"

    def test_does_not_close_what_is_frozen(self) -> None:
        with pytest.raises(Refusal) as no:
            require_closable(LifeState("frozen", Freeze.ALL))
        assert (no.value.code, no.value.numbers) == ("accounts.account-not-open", {"account_status": "frozen"})


class TestLives:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
    )
    @given(words=some.lists(some.sampled_from(WORDS), min_size=3, max_size=14))
    def test_end_with_both_books_alike_whatever_was_wished_in_whatever_order(
        self, lives: Lives, register: Register, words: list[str]
    ) -> None:
        owner = lives.store.__dict__.setdefault("_owner", None) or register()
        lives.store.__dict__["_owner"] = owner
        lives.neighbours.down = set()
        account_id, other = lives.open(owner, balance=5), lives.open(owner)
        for word in words:
            self.act(lives, owner, account_id, other, word)
            row, held = lives.row(account_id), lives.neighbours.contracts[account_id]
            if row.status == "frozen":
                assert held["freeze"] == row.freeze != "none"
            if row.status == "closed":
                assert row.reopening or held["status"] == "closed"
            assert lives.neighbours.balances[account_id] + lives.neighbours.balances[other] == 5
        lives.neighbours.down = set()
        lives.work(account_id)
        row, held = lives.row(account_id), lives.neighbours.contracts[account_id]
        assert row.status in ("open", "dormant", "frozen", "closed")
        assert (row.pushed_version, held["version"]) == (row.contract_version, row.contract_version)
        assert held["status"] == {"frozen": "dormant" if row.dormant_since else "open"}.get(row.status, row.status)
        assert held["freeze"] == row.freeze
        for old, new in lives.statuses(account_id):
            assert new in MAY_FOLLOW[str(old)], (old, new)

    def act(self, lives: Lives, owner: Caller, account_id: str, other: str, word: str) -> None:
        """Do what a word says; a no is an answer like any other."""
        store, ledger = lives.store, lives.ledger
        actions: dict[str, Callable[[], object]] = {
            "freeze": lambda: freeze_account(store, ledger, caller=owner, account_id=account_id, order=FreezeOrder()),
            "unfreeze": lambda: unfreeze_account(
                store, ledger, caller=owner, account_id=account_id, reason=None, confirm=lambda _: new_id()
            ),
            "close": lambda: close_account(store, ledger, caller=owner, account_id=account_id, order=ClosingOrder()),
            "close-with-payout": lambda: close_account(
                store, ledger, caller=owner, account_id=account_id, order=ClosingOrder("bye", other)
            ),
            "reopen": lambda: reopen_account(
                store, ledger, caller=OLU, account_id=account_id, reason="x", window=timedelta(days=1)
            ),
            "wake": lambda: wake_account(
                store, ledger, caller=owner, account_id=account_id, reason=None, confirm=lambda _: new_id()
            ),
            "sleep": lambda: self.sleep(lives, account_id),
            "ledger-away": lambda: lives.neighbours.down.add("transactions"),
            "ledger-back": lambda: self.come_back(lives, account_id),
        }
        try:
            actions[word]()
        except (Refusal, CalleeUnavailable):
            return

    def sleep(self, lives: Lives, account_id: str) -> None:
        """Let the account sleep, in a transaction of its own."""
        with lives.store.write() as session:
            turn_dormant(session, account_id=account_id)

    def come_back(self, lives: Lives, account_id: str) -> None:
        """Let the ledger answer again, and the worker do what waits."""
        lives.neighbours.down = set()
        lives.work(account_id)
