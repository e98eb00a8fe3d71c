"""Freezing: one tap for the owner, a reason from staff, in force once the ledger holds it."""

import pytest

from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import (
    AccountInTransition,
    AlreadyFrozen,
    Freeze,
    Lifter,
    ReasonRequired,
)
from services.accounts.store.answer_store import RequestKey
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from tests.services.accounts.conftest import BEN, OLU, Lives, Register
from tests.services.accounts.lives import shown

WHY = FreezeOrder(Freeze.DEBIT, "court order", Lifter.SUPERVISOR)


class TestFreezeAccount:
    def test_is_frozen_once_the_ledger_holds_it(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        frozen = freeze_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=FreezeOrder())
        assert (shown(frozen)["http"], shown(frozen)["status"], shown(frozen)["version"]) == (200, "frozen", 2)
        assert (lives.neighbours.contracts[account_id]["freeze"], lives.row(account_id).lifted_by) == (
            "all",
            "customer",
        )
        assert lives.statuses(account_id)[-2:] == [("open", "freezing"), ("freezing", "frozen")]
        assert lives.facts()[-1] == "account-frozen"

    def test_is_freezing_while_the_ledger_is_away_and_nothing_else_may_follow(
        self, lives: Lives, register: Register
    ) -> None:
        ada = register()
        account_id = lives.open(ada)
        lives.neighbours.down = {"transactions"}
        order = FreezeOrder(Freeze.CREDIT)
        answer = freeze_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=order)
        assert (shown(answer)["http"], shown(answer)["status"]) == (202, "freezing")
        with pytest.raises(AccountInTransition):
            freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=WHY)
        lives.neighbours.down = set()
        lives.work(account_id)
        assert (lives.row(account_id).status, lives.neighbours.contracts[account_id]["freeze"]) == ("frozen", "credit")

    def test_lets_staff_say_who_lifts_it_and_change_it(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        with pytest.raises(ReasonRequired):
            freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=FreezeOrder())
        freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=WHY)
        with pytest.raises(AlreadyFrozen):
            freeze_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=FreezeOrder())
        wider = FreezeOrder(Freeze.ALL, "more of it")
        freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=wider)
        row = lives.row(account_id)
        assert (row.status, row.freeze, row.lifted_by, row.freeze_reason) == ("frozen", "all", "officer", "more of it")

    def test_does_it_once_per_key_and_never_to_anothers_account(self, lives: Lives, register: Register) -> None:
        ada, ben = register(), register(BEN)
        account_id = lives.open(ada)
        key = RequestKey(ada.principal, "freeze", "k", "f")
        first, again = (
            freeze_account(
                lives.store, lives.ledger, caller=ada, account_id=account_id, order=FreezeOrder(), request=key
            )
            for _ in range(2)
        )
        assert (again.replayed, again.body) == (True, first.body)
        with pytest.raises(AccountNotFound):
            freeze_account(lives.store, lives.ledger, caller=ben, account_id=account_id, order=FreezeOrder())
