"""Setting limits of one's own, up to the contract that the ledger gets."""

from datetime import timedelta

import pytest

from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import AccountNotOpen
from services.accounts.store.tables import AccountRow, ApprovalRow
from services.accounts.use_cases import set_own_limits as module
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.execute_approved import execute_approved
from services.accounts.use_cases.set_own_limits import apply_due_limits, propose_limits, set_own_limits
from shared.clock import bank_now
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import ADA, BEN, OLU, SAM, Register
from tests.services.accounts.lives import Lives

DAY = "per_day_minor"


def put(lives: Lives, owner: Caller, account: str, **wanted: int) -> AccountRow:
    with lives.store.write() as session:
        row = set_own_limits(session, caller=owner, account_id=account, wanted=wanted)
    lives.work(account)
    return row


def in_the_ledger(lives: Lives, account: str) -> object:
    return {k: v for k, v in lives.neighbours.contracts[account]["limits"].items() if k != "kyc_level"}


class TestSetOwnLimits:
    def test_brings_a_lower_one_to_the_ledger_at_once(self, lives: Lives, register: Register) -> None:
        ada = register(ADA)
        account = lives.open(ada)
        assert put(lives, ada, account, per_day_minor=500).limits_due_at is None
        assert in_the_ledger(lives, account) == {DAY: 500}
        assert lives.facts()[-1] == "account-changed"

    def test_brings_a_higher_one_after_a_day_of_the_banks_clock(
        self, lives: Lives, register: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ada = register(ADA)
        account = lives.open(ada)
        put(lives, ada, account, per_day_minor=500)
        assert put(lives, ada, account, per_day_minor=900).wanted_limits == {DAY: 900}
        for hours, expected in ((23, 500), (24, 900), (48, 900)):
            monkeypatch.setattr(module, "bank_now", lambda hours=hours: bank_now() + timedelta(hours=hours, seconds=1))
            apply_due_limits(lives.store)
            lives.work(account)
            assert in_the_ledger(lives, account) == {DAY: expected}
        assert (lives.row(account).wanted_limits, lives.row(account).limits_due_at) == (None, None)

    def test_forgets_what_waited_when_something_else_is_wanted(self, lives: Lives, register: Register) -> None:
        ada = register(ADA)
        account = lives.open(ada)
        for wanted in (500, 900, 400):
            put(lives, ada, account, per_day_minor=wanted)
        assert (lives.row(account).own_limits, lives.row(account).limits_due_at) == ({DAY: 400}, None)

    def test_raised_by_staff_waits_for_a_second_person_and_is_void_after_an_edit(
        self, lives: Lives, register: Register
    ) -> None:
        ada = register(ADA)
        account = lives.open(ada)
        put(lives, ada, account, per_day_minor=500)

        def asks(**wanted: int) -> AccountRow | ApprovalRow:
            with lives.store.write() as session:
                return propose_limits(session, caller=OLU, account_id=account, wanted=wanted, reason="a car")

        first = asks(per_day_minor=900)
        assert isinstance(first, ApprovalRow)
        put(lives, ada, account, per_day_minor=400)
        with lives.store.read() as session:
            assert session.get_one(ApprovalRow, first.id).status == "void"
        second = asks()
        assert isinstance(second, ApprovalRow)
        with lives.store.write() as session:
            decide_approval(session, caller=SAM, approval_id=second.id, approve=True, note=None)
        for _ in range(2):
            assert execute_approved(lives.store, approval_id=second.id).status == "executed"
        lives.work(account)
        assert in_the_ledger(lives, account) == {}
        assert lives.facts().count("account-changed") == 3
        assert isinstance(asks(per_day_minor=50), AccountRow)
        assert lives.row(account).own_limits == {DAY: 50}

    def test_refuses_another_customers_account_and_a_closed_one(self, lives: Lives, register: Register) -> None:
        ada, ben = register(ADA), register(BEN)
        account = lives.open(ada)
        with pytest.raises(AccountNotFound):
            put(lives, ben, account, per_day_minor=1)
        close_account(lives.store, lives.ledger, caller=ada, account_id=account, order=ClosingOrder(None, None))
        with pytest.raises(AccountNotOpen):
            put(lives, ada, account, per_day_minor=1)
