"""Lifting a freeze: who may, and the owner's confirmation."""

import pytest

from services.accounts.domain.account_life import NotFrozen, UnfreezeNotAllowed
from services.accounts.store.answer_store import RequestKey
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.unfreeze_account import unfreeze_account
from shared.clients.step_up import StepUpRequired, StepUpSubject, step_up_required
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import OLU, Lives, Register
from tests.services.accounts.lives import shown


def refuse(subject: StepUpSubject) -> str:
    """Have no token."""
    raise step_up_required(subject)


@pytest.fixture
def ada(register: Register) -> Caller:
    return register()


def frozen(lives: Lives, by: Caller, of: Caller) -> str:
    account_id = lives.open(of)
    freeze_account(lives.store, lives.ledger, caller=by, account_id=account_id, order=FreezeOrder(reason="lost"))
    return account_id


class TestUnfreezeAccount:
    def test_needs_the_owners_confirmation_of_this_account(self, lives: Lives, ada: Caller) -> None:
        account_id = frozen(lives, ada, ada)
        asked: list[StepUpSubject] = []
        with pytest.raises(StepUpRequired) as needed:
            unfreeze_account(lives.store, lives.ledger, caller=ada, account_id=account_id, reason=None, confirm=refuse)
        assert needed.value.numbers == {"action": "unfreeze-account", "details": {"payer": account_id}}
        answer = unfreeze_account(
            lives.store,
            lives.ledger,
            caller=ada,
            account_id=account_id,
            reason=None,
            confirm=lambda subject: asked.append(subject) or "token-1",
        )
        assert (shown(answer)["status"], lives.neighbours.contracts[account_id]["freeze"]) == ("open", "none")
        assert asked == [StepUpSubject("unfreeze-account", payer=account_id)]
        assert lives.facts()[-1] == "account-unfrozen"

    def test_takes_a_token_once(self, lives: Lives, ada: Caller) -> None:
        for number in (1, 2):
            account_id = frozen(lives, ada, ada)
            if number == 2:
                with pytest.raises(StepUpRequired):
                    unfreeze_account(
                        lives.store,
                        lives.ledger,
                        caller=ada,
                        account_id=account_id,
                        reason=None,
                        confirm=lambda _: "token-1",
                    )
                assert lives.row(account_id).status == "frozen"
            else:
                unfreeze_account(
                    lives.store,
                    lives.ledger,
                    caller=ada,
                    account_id=account_id,
                    reason=None,
                    confirm=lambda _: "token-1",
                )

    def test_replays_without_another_confirmation(self, lives: Lives, ada: Caller) -> None:
        account_id, key = frozen(lives, ada, ada), RequestKey(ada.principal, "unfreeze", "k", "f")
        first = unfreeze_account(
            lives.store,
            lives.ledger,
            caller=ada,
            account_id=account_id,
            reason=None,
            confirm=lambda _: "t",
            request=key,
        )
        again = unfreeze_account(
            lives.store, lives.ledger, caller=ada, account_id=account_id, reason=None, confirm=refuse, request=key
        )
        assert (again.replayed, again.body) == (True, first.body)

    def test_is_not_the_owners_to_do_where_the_bank_froze(self, lives: Lives, ada: Caller) -> None:
        account_id = frozen(lives, OLU, ada)
        with pytest.raises(UnfreezeNotAllowed):
            unfreeze_account(
                lives.store, lives.ledger, caller=ada, account_id=account_id, reason=None, confirm=lambda _: "t"
            )
        answer = unfreeze_account(
            lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="cleared", confirm=refuse
        )
        assert shown(answer)["status"] == "open"
        with pytest.raises(NotFrozen):
            unfreeze_account(
                lives.store, lives.ledger, caller=OLU, account_id=account_id, reason="again", confirm=refuse
            )
