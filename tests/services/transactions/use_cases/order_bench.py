"""An order of ada's as the use cases of orders are given it."""

from typing import Any

from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.standing_order import StandingOrder
from services.transactions.use_cases.place_standing_order import Confirm, OrderWish, place_standing_order
from shared.clients.step_up import StepUpSubject, step_up_required
from shared.clock import bank_now
from tests.services.transactions.conftest import ADA
from tests.services.transactions.day_bench import DayBench

RULES = BankRules(step_up_from_minor=5_000)


def unconfirmed(subject: StepUpSubject) -> str:
    """Stand for a request without a step-up token."""
    raise step_up_required(subject)


def place(days: DayBench, *, confirm: Confirm = unconfirmed, rules: BankRules = RULES, **changed: Any) -> StandingOrder:
    """Place a monthly order of 1,000 from ada to ben, beginning today."""
    wish: dict[str, Any] = {
        "from_account_id": "a-ada", "to_account_number": "DE00BEN", "to_account_id": None, "amount_minor": 1_000,
        "currency": "EUR", "description": "", "rhythm": "daily", "start_on": days.today, "end_on": None,
        "calendar_rule": "none", "retries": 0,
    }  # fmt: skip
    with days.store.write() as session:
        return place_standing_order(
            session,
            caller=ADA,
            wish=OrderWish(**{**wish, **changed}),
            calendar=days.end.calendar,
            rules=rules,
            confirm=confirm,
            today=days.today,
            at=bank_now(),
        )
