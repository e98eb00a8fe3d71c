"""Closings with a large payout."""

import pytest

from services.accounts.domain.account_life import PayoutRefused
from services.accounts.store.tables import ApprovalRuleRow
from services.accounts.use_cases.close_account import ClosingOrder, close_account
from services.accounts.use_cases.propose_closing import RuleChanged, payout_limit, propose_closing
from tests.services.accounts.conftest import TESS, Lives, Register

LARGE = 5_000_000


class TestProposeClosing:
    def test_asks_for_a_second_person_once_per_maker(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id, other = lives.open(ada, balance=LARGE), lives.open(ada)
        limit = payout_limit(lives.store, caller=TESS)
        order = ClosingOrder("moving", other, limit)
        with pytest.raises(PayoutRefused) as refused:
            close_account(lives.store, lives.ledger, caller=TESS, account_id=account_id, order=order)
        assert (limit, lives.row(account_id).status) == (LARGE - 1, "open")
        numbers = refused.value.numbers
        with lives.store.write() as session:
            first, again = (
                propose_closing(session, caller=TESS, account_id=account_id, order=order, numbers=numbers)
                for _ in range(2)
            )
            assert (first.id, first.amount_minor, first.currency) == (again.id, LARGE, "EUR")
            assert (first.before["status"], first.after["status"]) == ("open", "closed")

    def test_lets_an_owner_close_alone(self, lives: Lives, register: Register) -> None:
        assert payout_limit(lives.store, caller=register()) is None

    def test_says_so_when_the_rule_is_gone(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            session.delete(session.get_one(ApprovalRuleRow, "close-account"))
            session.flush()
            numbers, order = {"booked_minor": LARGE}, ClosingOrder("x")
            with pytest.raises(RuleChanged):
                propose_closing(session, caller=TESS, account_id=account_id, order=order, numbers=numbers)
