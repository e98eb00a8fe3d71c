"""Waking a dormant account."""

import pytest

from services.accounts.domain.account_life import NotDormant, ReasonRequired
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.turn_dormant import turn_dormant
from services.accounts.use_cases.unfreeze_account import unfreeze_account
from services.accounts.use_cases.wake_account import wake_account
from tests.services.accounts.conftest import OLU, Lives, Register
from tests.services.accounts.lives import shown


class TestWakeAccount:
    def test_opens_a_dormant_account_again(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        with pytest.raises(NotDormant):
            wake_account(
                lives.store, lives.ledger, caller=ada, account_id=account_id, reason=None, confirm=lambda _: "t"
            )
        with lives.store.write() as session:
            turn_dormant(session, account_id=account_id)
        answer = wake_account(
            lives.store, lives.ledger, caller=ada, account_id=account_id, reason=None, confirm=lambda _: "t"
        )
        assert (shown(answer)["http"], shown(answer)["status"]) == (200, "open")
        assert (lives.neighbours.contracts[account_id]["status"], lives.facts()[-1]) == ("open", "account-woken")

    def test_leaves_a_dormant_account_dormant_when_a_freeze_is_lifted(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            turn_dormant(session, account_id=account_id)
        order = FreezeOrder(reason="odd")
        freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=order)
        unfreeze_account(
            lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="fine", confirm=lambda _: "t"
        )
        assert (lives.row(account_id).status, lives.facts()[-1]) == ("dormant", "account-unfrozen")
        with pytest.raises(ReasonRequired):
            wake_account(
                lives.store, lives.ledger, caller=OLU, account_id=account_id, reason=None, confirm=lambda _: "t"
            )
