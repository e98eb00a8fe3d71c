"""Which day an entry may count from, without a database."""

from datetime import date, timedelta

import pytest

from services.transactions.domain.bank_rules import BankRules
from services.transactions.domain.value_date import BackValueNotAllowed, BadValueDate, choose_value_date
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, OLU, SAM, TESS

TODAY = date(2026, 11, 23)
RULES = BankRules(back_value_days=30)


def choose(caller: Caller, days: int | None) -> date:
    """Ask for a value date so many days from the business date."""
    asked = None if days is None else TODAY + timedelta(days=days)
    return choose_value_date(caller=caller, asked=asked, business_date=TODAY, rules=RULES)


class TestChooseValueDate:
    @pytest.mark.parametrize("caller", [ADA, TESS, OLU, SAM])
    def test_is_the_business_date_for_everyone(self, caller: Caller) -> None:
        assert choose(caller, None) == choose(caller, 0) == TODAY

    @pytest.mark.parametrize("caller", [ADA, TESS, OLU])
    def test_lies_back_for_a_supervisor_only(self, caller: Caller) -> None:
        with pytest.raises(BackValueNotAllowed):
            choose(caller, -1)
        assert choose(SAM, -1) == TODAY - timedelta(days=1)
        assert choose(Caller.for_service("transactions"), -1) == TODAY - timedelta(days=1)

    def test_lies_back_no_further_than_the_bank_allows(self) -> None:
        assert choose(SAM, -30) == TODAY - timedelta(days=30)
        with pytest.raises(BadValueDate) as refused:
            choose(SAM, -31)
        assert refused.value.numbers["earliest"] == "2026-10-24"

    @pytest.mark.parametrize("caller", [ADA, OLU, SAM])
    def test_never_lies_in_the_future(self, caller: Caller) -> None:
        with pytest.raises(BadValueDate):
            choose(caller, 1)
