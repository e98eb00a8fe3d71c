"""Closing: only when nothing is left, or with a place for it; what was is kept."""

import pytest
from sqlmodel import select

from services.accounts.domain.account_life import (
    AccountNotEmpty,
    AccountNotOpen,
    PayoutRefused,
    ReasonRequired,
    UnknownPayoutAccount,
)
from services.accounts.store.answer_store import RequestKey
from services.accounts.store.tables import AccountRow, ClosedAccountRow, CustomerRow
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.freeze_account import FreezeOrder, freeze_account
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import BEN, OLU, TESS, Lives, Register
from tests.services.accounts.lives import shown


@pytest.fixture
def ada(register: Register) -> Caller:
    return register()


def archive(lives: Lives) -> list[ClosedAccountRow]:
    with lives.store.read() as session:
        return list(session.exec(select(ClosedAccountRow)))


class TestCloseAccount:
    def test_pays_out_archives_and_leaves_everything_where_it_was(self, lives: Lives, ada: Caller) -> None:
        account_id, other = lives.open(ada, "savings", balance=700), lives.open(ada)
        order = ClosingOrder("not needed", other)
        closed = close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=order)
        assert (shown(closed)["http"], shown(closed)["status"]) == (200, "closed")
        assert (lives.neighbours.balances[other], lives.neighbours.contracts[account_id]["status"]) == (700, "closed")
        [kept] = archive(lives)
        assert (kept.original_id, kept.customer_name, kept.account_type) == (account_id, "Ada Lovelace", "savings")
        assert (kept.balance_minor, kept.currency, kept.branch_name) == (700, "EUR", "Main branch")
        assert (kept.closed_by, kept.reason) == (ada.user_id, "not needed")
        assert (kept.customer_email, kept.phone_number) == ("ada@demo.bank", "+4930111111")
        assert kept.account_number == lives.row(account_id).account_number
        assert lives.facts()[-1] == "account-closed"

    def test_predecessor_d07_an_account_with_money_is_not_closed(self, lives: Lives, ada: Caller) -> None:
        account_id = lives.open(ada, balance=700)
        with pytest.raises(AccountNotEmpty) as refused:
            close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        assert refused.value.numbers == {"booked_minor": 700, "held_minor": 0}
        assert (lives.row(account_id).status, lives.neighbours.balances[account_id]) == ("open", 700)
        assert (archive(lives), lives.neighbours.contracts[account_id]["version"]) == ([], 3)

    def test_may_use_the_key_again_once_the_account_is_empty(self, lives: Lives, ada: Caller) -> None:
        account_id, key = lives.open(ada, balance=700), RequestKey(ada.principal, "close", "k", "f")
        for rest in (700, 0):
            lives.neighbours.balances[account_id] = rest
            try:
                close_account(
                    lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder(), request=key
                )
            except AccountNotEmpty:
                assert rest == 700
        assert lives.row(account_id).status == "closed"

    def test_pays_out_once_though_the_answer_was_lost(self, lives: Lives, ada: Caller) -> None:
        account_id, other = lives.open(ada, balance=700), lives.open(ada)
        lives.neighbours.lost_answers = {"transactions"}
        order = ClosingOrder("lost", other)
        answer = close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=order)
        assert (shown(answer)["http"], shown(answer)["status"]) == (202, "closing")
        lives.neighbours.lost_answers = set()
        lives.work(account_id)
        assert (lives.neighbours.balances[other], [kept.balance_minor for kept in archive(lives)]) == (700, [700])
        assert lives.row(account_id).status == "closed"

    def test_stays_open_when_the_payout_cannot_be_booked(self, lives: Lives, ada: Caller) -> None:
        account_id, other = lives.open(ada, balance=700), lives.open(ada)
        lives.neighbours.contracts[other]["freeze"] = "all"
        order = ClosingOrder("bye", other)
        with pytest.raises(PayoutRefused) as refused:
            close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=order)
        assert refused.value.numbers["ledger_code"] == "transactions.account-frozen"
        assert lives.row(account_id).status == "open"

    @pytest.mark.parametrize("payout", ["itself", "bens", "nobodys", "frozen"])
    def test_pays_out_to_open_accounts_of_the_same_customer_only(
        self, lives: Lives, ada: Caller, register: Register, payout: str
    ) -> None:
        account_id, frozen = lives.open(ada), lives.open(ada)
        freeze_account(lives.store, lives.ledger, caller=ada, account_id=frozen, order=FreezeOrder())
        named = {"itself": account_id, "bens": lives.open(register(BEN)), "nobodys": "nobodys", "frozen": frozen}
        order = ClosingOrder("bye", named[payout])
        for caller in (ada, TESS):
            with pytest.raises(UnknownPayoutAccount):
                close_account(lives.store, lives.ledger, caller=caller, account_id=account_id, order=order)

    def test_wants_a_reason_from_staff_and_no_freeze(self, lives: Lives, ada: Caller) -> None:
        account_id = lives.open(ada)
        with pytest.raises(ReasonRequired):
            close_account(lives.store, lives.ledger, caller=TESS, account_id=account_id, order=ClosingOrder())
        freeze_account(lives.store, lives.ledger, caller=OLU, account_id=account_id, order=FreezeOrder(reason="x"))
        with pytest.raises(AccountNotOpen):
            close_account(lives.store, lives.ledger, caller=TESS, account_id=account_id, order=ClosingOrder("bye"))

    def test_ends_the_relationship_with_the_last_account(self, lives: Lives, ada: Caller) -> None:
        accounts = [lives.open(ada), lives.open(ada)]
        for account_id in accounts:
            close_account(lives.store, lives.ledger, caller=ada, account_id=account_id, order=ClosingOrder())
        assert lives.facts()[-3:] == ["account-closed", "account-closed", "relationship-ended"]
        with lives.store.read() as session:
            assert session.get_one(CustomerRow, ada.customer_id).ended_at is not None
            assert len(session.exec(select(AccountRow)).all()) == 2
