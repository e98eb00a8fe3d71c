"""Accounts follow their product on the day."""

from datetime import timedelta

from services.accounts.use_cases.apply_due_terms import apply_due_terms
from services.accounts.use_cases.change_product import change_product
from shared.clock import bank_now
from tests.services.accounts.conftest import TESS, Lives, Register


class TestApplyDueTerms:
    def test_brings_the_terms_in_force_to_the_ledger_and_no_future_ones(self, lives: Lives, register: Register) -> None:
        account_id, today = lives.open(register(), "savings"), bank_now().date()
        with lives.store.write() as session:
            for seen, (floor, day) in enumerate([(500, today), (900, today + timedelta(days=1))], start=1):
                change_product(
                    session,
                    caller=TESS,
                    code="savings",
                    seen_version=seen,
                    changes={"min_balance_minor": floor, "limits": {"per_day_minor": 7}},
                    effective_from=day,
                    note="why",
                )
        for _ in range(2):
            apply_due_terms(lives.store)
        lives.work(account_id)
        row, held = lives.row(account_id), lives.neighbours.contracts[account_id]
        assert (row.product_version, row.contract_version, held["min_balance_minor"]) == (2, 2, 500)
        assert held["limits"] == {"kyc_level": 2, "per_day_minor": 7}
