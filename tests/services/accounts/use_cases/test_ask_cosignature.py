"""Asking owners to sign together: alike whoever is invited, once at a time, never about another's account."""

import pytest

from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import AccountNotOpen
from services.accounts.domain.cosignature import MOST_WAITING, CosignatureWaiting, TooManyCosignatures
from services.accounts.domain.ownership import AlreadyOwner, LastOwner, MandateUnchanged, OwnerNotFound, SingleOwner
from services.accounts.use_cases.ask_cosignature import ask_closing, needs_cosigners, remove_owner
from services.accounts.use_cases.close_account import ClosingOrder
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import TESS
from tests.services.accounts.joint import Joint


def asks_to_leave(joint: Joint, caller: Caller, customer_id: str | None) -> str:
    with joint.lives.store.write() as session:
        return remove_owner(session, caller=caller, account_id=joint.account_id, customer_id=str(customer_id)).status


class TestInviteOwner:
    def test_waits_alike_for_a_customer_and_for_nobody(self, joint: Joint) -> None:
        known, unknown = joint.row(joint.invite()), joint.row(joint.invite("nobody@demo.bank"))
        same = {"kind", "account_id", "status", "made_by", "maker_id", "wanted", "invited_id", "confirmed"}
        assert known.model_dump(include=same) == unknown.model_dump(include=same)
        assert known.invited_id is None

    def test_is_told_to_who_has_the_address(self, joint: Joint) -> None:
        joint.invite()
        assert joint.lives.facts()[-1] == "cosignature-requested"

    def test_is_for_owners_and_not_of_their_own_address(self, joint: Joint) -> None:
        with pytest.raises(AccountNotFound):
            joint.invite(by=joint.ben)
        with pytest.raises(AlreadyOwner):
            joint.invite("ada@demo.bank")

    def test_is_asked_once_and_not_without_end(self, joint: Joint) -> None:
        first = joint.invite()
        with pytest.raises(CosignatureWaiting) as waits:
            joint.invite()
        assert waits.value.numbers == {"cosignature_id": first}
        for number in range(MOST_WAITING - 1):
            joint.invite(f"nobody-{number}@demo.bank")
        with pytest.raises(TooManyCosignatures):
            joint.invite("one-more@demo.bank")
        joint.refuse(joint.ada, first)
        joint.invite()

    def test_needs_an_account_that_is_not_frozen(self, joint: Joint) -> None:
        lives = joint.lives
        freeze_account(lives.store, lives.ledger, caller=joint.ada, account_id=joint.account_id, order=FreezeOrder())
        with pytest.raises(AccountNotOpen):
            joint.invite()


class TestRemoveOwner:
    def test_is_for_one_of_several(self, joint: Joint) -> None:
        with pytest.raises(LastOwner):
            asks_to_leave(joint, joint.ada, joint.ada.customer_id)
        joint.shared()
        for stranger in (joint.cleo.customer_id, "none"):
            with pytest.raises(OwnerNotFound):
                asks_to_leave(joint, joint.ada, stranger)
        assert asks_to_leave(joint, joint.ben, joint.ada.customer_id) == "waiting"
        with pytest.raises(CosignatureWaiting):
            asks_to_leave(joint, joint.ada, joint.ada.customer_id)


class TestChangeMandate:
    def test_has_sense_among_several_only(self, joint: Joint) -> None:
        with pytest.raises(SingleOwner):
            joint.asks_mandate("both")
        joint.shared()
        with pytest.raises(MandateUnchanged):
            joint.asks_mandate("both")
        joint.asks_mandate("either")


class TestAskClosing:
    def test_is_needed_where_owners_sign_together_and_not_at_a_desk(self, joint: Joint) -> None:
        def needed(caller: Caller) -> bool:
            with joint.lives.store.read() as session:
                return needs_cosigners(session, caller=caller, account_id=joint.account_id)

        assert not needed(joint.ada)
        joint.shared("either")
        assert not needed(joint.ada)
        joint.sign(joint.ben, joint.asks_mandate("both"))
        assert needed(joint.ada)
        assert not needed(TESS)
        with pytest.raises(AccountNotFound):
            needed(joint.cleo)

    def test_waits_with_where_the_rest_goes(self, joint: Joint) -> None:
        joint.shared()
        other = joint.lives.open(joint.ada)
        with joint.lives.store.write() as session:
            order = ClosingOrder("moving", other)
            row = ask_closing(session, caller=joint.ada, account_id=joint.account_id, order=order)
            assert row.wanted == {"payout_account_id": other, "reason": "moving"}
        assert joint.lives.row(joint.account_id).status == "open"
