"""Placing standing orders: confirmed where a transfer would have to be, and each token once."""

import pytest

from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.cooling_off import PayeeCoolingOff
from services.transactions.use_cases.take_payees import list_payee
from shared.clients.step_up import StepUpRequired, StepUpSubject
from tests.services.transactions.conftest import ACCOUNTS, PUT
from tests.services.transactions.day_bench import DayBench
from tests.services.transactions.use_cases.order_bench import place


class TestPlaceStandingOrder:
    def test_asks_for_confirmation_of_a_large_one_and_takes_a_token_once(self, days: DayBench) -> None:
        asked: list[StepUpSubject] = []

        def confirm(subject: StepUpSubject) -> str:
            asked.append(subject)
            return "token-1"

        with pytest.raises(StepUpRequired):
            place(days, amount_minor=5_000)
        assert place(days, amount_minor=5_000, confirm=confirm).amount_minor == 5_000
        assert asked == [StepUpSubject("standing-order", 5_000, "EUR", "a-ada", "DE00BEN")]
        with pytest.raises(StepUpRequired):
            place(days, amount_minor=5_000, confirm=confirm)
        assert days.count("standing_orders") == 1

    def test_refuses_more_to_a_new_payee_than_it_gets(self, days: DayBench) -> None:
        rules = BankRules(new_payee_limit_minor=999)
        with pytest.raises(PayeeCoolingOff):
            place(days, rules=rules)
        with days.store.write() as session:
            list_payee(session, customer_id="c-ada", account_id="a-ben", cooling_until=None)
        assert place(days, rules=rules).amount_minor == 1_000

    def test_keeps_the_account_from_being_closed_until_it_is_cancelled(self, days: DayBench) -> None:
        place(days)
        closing = {"version": 9, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "savings"}
        closing |= {"currency": "EUR", "branch_id": "main", "status": "closed", "payout_account_id": "a-ben"}
        status, body = days.one(PUT, closing, ACCOUNTS, account_id="a-ada")
        assert (status, body["code"], body["open_orders"]) == (409, "transactions.account-not-empty", 1)
        with days.store.write() as session:
            session.connection().exec_driver_sql("UPDATE standing_orders SET status = 'cancelled'")
        assert days.one(PUT, closing, ACCOUNTS, account_id="a-ada")[0] == 200

    def test_leaves_a_record_of_who_ordered(self, days: DayBench) -> None:
        order = place(days)
        found = days.rows("SELECT user_id, subject_id FROM audit WHERE command = 'place-standing-order'")
        assert found == [("u-ada", order.id)]
