"""Signing: all who have to, each once, in time; the last signature does it, and what it cannot do is not signed."""

from threading import Thread

import pytest

from services.accounts.domain.account_life import AccountNotOpen
from services.accounts.domain.cosignature import AlreadySigned, CosignatureDecided, CosignatureNotFound
from services.accounts.store.cosignature_store import signers_of
from services.accounts.use_cases.ask_cosignature import ask_closing
from services.accounts.use_cases.close_account import ClosingOrder
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from services.accounts.use_cases.sign_cosignature import step_up_subject
from shared.clients.step_up import StepUpRequired
from shared.contracts.caller import Caller
from shared.errors import Refusal
from tests.services.accounts.joint import Joint


class TestSigning:
    def test_is_for_whom_it_concerns_once_and_in_time(self, joint: Joint) -> None:
        waits = joint.invite()
        for stranger in (joint.cleo, Caller("x", frozenset({"customer"}))):
            with pytest.raises(CosignatureNotFound):
                joint.sign(stranger, waits)
        with pytest.raises(AlreadySigned):
            joint.sign(joint.ada, waits)
        assert joint.sign(joint.ben, waits) == "executed"
        with pytest.raises(CosignatureDecided):
            joint.sign(joint.ben, waits)
        late = joint.asks_mandate("both")
        joint.overdue(late)
        with pytest.raises(CosignatureDecided) as over:
            joint.sign(joint.ben, late)
        assert over.value.numbers == {"cosignature_status": "expired"}

    def test_of_an_invitation_is_the_address_holders(self, joint: Joint) -> None:
        waits = joint.invite("cleo@demo.bank")
        with pytest.raises(CosignatureNotFound):
            joint.sign(joint.ben, waits)
        joint.sign(joint.cleo, waits)
        assert set(joint.owners()) == {joint.ada.customer_id, joint.cleo.customer_id}

    def test_of_a_third_owner_needs_all_three(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.invite("cleo@demo.bank")
        assert joint.sign(joint.cleo, waits) == "waiting"
        assert len(joint.owners()) == 2
        assert joint.sign(joint.ben, waits) == "executed"
        assert len(joint.owners()) == 3

    def test_that_comes_twice_at_once_counts_once(self, joint: Joint) -> None:
        joint.shared()
        waits, outcomes = joint.invite("cleo@demo.bank"), []

        def one(caller: Caller) -> None:
            try:
                outcomes.append(joint.sign(caller, waits))
            except Refusal as no:
                outcomes.append(type(no).__name__)

        threads = [Thread(target=one, args=(caller,)) for caller in (joint.ben, joint.cleo, joint.ben, joint.cleo)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("executed") == 1
        assert outcomes.count("waiting") == 1
        assert set(outcomes) - {"executed", "waiting"} <= {"AlreadySigned", "CosignatureDecided"}
        assert joint.lives.facts().count("account-owners-changed") == 2  # ben before, and cleo

    def test_that_cannot_be_carried_out_is_no_signature(self, joint: Joint) -> None:
        waits, lives = joint.invite(), joint.lives
        freeze_account(lives.store, lives.ledger, caller=joint.ada, account_id=joint.account_id, order=FreezeOrder())
        with pytest.raises(AccountNotOpen):
            joint.sign(joint.ben, waits)
        assert joint.status(waits) == "waiting"
        with lives.store.read() as session:
            assert [one.customer_id for one in signers_of(session, waits)] == [joint.ada.customer_id]


class TestAPayment:
    def test_is_left_to_the_ledger_with_a_job(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.pays()
        assert joint.sign(joint.ben, waits) == "signed"
        with joint.lives.store.read() as session:
            jobs = session.connection().exec_driver_sql("SELECT unique_key FROM jobs WHERE kind = 'execute_cosigned'")
            assert jobs.scalars().all() == [waits]
        assert joint.lives.facts()[-1] == "cosignature-signed"

    def test_that_its_maker_confirmed_each_signer_confirms_with_a_token_of_one_use(self, joint: Joint) -> None:
        joint.shared()
        first, second = (joint.pays(confirmed=True) for _ in range(2))
        plain = joint.pays()
        with joint.lives.store.read() as session:
            subject = step_up_subject(session, caller=joint.ben, cosignature_id=first)
            assert subject is not None
            assert (subject.action, subject.amount_minor) == ("sign-cosignature", 100)
            assert step_up_subject(session, caller=joint.ben, cosignature_id=plain) is None
        assert joint.sign(joint.ben, first, token_id="t-1") == "signed"
        with pytest.raises(StepUpRequired):
            joint.sign(joint.ben, second, token_id="t-1")
        assert joint.status(second) == "waiting"


class TestAClosing:
    def test_begins_with_the_last_signature(self, joint: Joint) -> None:
        joint.shared()
        with joint.lives.store.write() as session:
            order = ClosingOrder("done")
            waits = ask_closing(session, caller=joint.ada, account_id=joint.account_id, order=order).id
        assert joint.sign(joint.ben, waits) == "executed"
        assert joint.lives.row(joint.account_id).status == "closing"
        joint.lives.work(joint.account_id)
        assert joint.lives.row(joint.account_id).status == "closed"
        assert joint.lives.facts()[-3:] == ["account-closed", "relationship-ended", "relationship-ended"]
