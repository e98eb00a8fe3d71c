"""How far the bank knows a customer."""

import pytest

from services.accounts.domain.customer import KycIncomplete, KycStep
from services.accounts.use_cases.decide_kyc import decide_kyc
from shared.contracts.caller import Caller
from tests.services.accounts.conftest import OLU, Lives, Register


def step(lives: Lives, ada: Caller, state: str, level: int | None = None, reason: str | None = None) -> int:
    with lives.store.write() as session:
        customer_id = str(ada.customer_id)
        return decide_kyc(
            session, caller=OLU, customer_id=customer_id, state=state, level=level, reason=reason
        ).kyc_level


class TestDecideKyc:
    def test_brings_the_level_to_the_ledger_where_it_caps_limits(self, lives: Lives, register: Register) -> None:
        ada = register()
        account_id = lives.open(ada)
        assert step(lives, ada, "verified", 3) == 3
        lives.work(account_id)
        assert lives.neighbours.contracts[account_id]["limits"] == {"kyc_level": 3}
        assert lives.facts()[-1] == "customer-kyc-changed"

    def test_goes_by_verifying_to_rejected_with_a_reason_and_level_nought(
        self, lives: Lives, register: Register
    ) -> None:
        ada = register()
        assert step(lives, ada, "verifying") == 2
        with pytest.raises(KycIncomplete):
            step(lives, ada, "rejected")
        assert step(lives, ada, "rejected", reason="the document is forged") == 0
        with pytest.raises(KycStep) as no:
            step(lives, ada, "verified", 2)
        assert no.value.numbers == {"kyc_state": "rejected", "possible": ["verifying"]}

    def test_wants_a_level_with_verified_and_with_nothing_else(self, lives: Lives, register: Register) -> None:
        ada = register()
        for state, level in (("verified", None), ("verifying", 2)):
            with pytest.raises(KycIncomplete):
                step(lives, ada, state, level)
