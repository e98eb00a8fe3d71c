"""Which fees a month costs."""

from services.transactions.domain.fees import AccountMonth, Fee, fees_of_month
from services.transactions.domain.terms import FeeTerms

MONTHLY = FeeTerms("monthly", 490, "EUR", waivable=True, waived_from_minor=120_000)
ITEM = FeeTerms("per-item", 15, "EUR")
LOW = FeeTerms("below-minimum", 700, "EUR")


def month(lowest: int = 0, items: int = 0, floor: int = 0, waived: frozenset[str] = frozenset()) -> AccountMonth:
    return AccountMonth("EUR", lowest, floor, items, waived)


class TestFeesOfMonth:
    def test_waive_the_account_fee_only_while_the_balance_stayed_high(self) -> None:
        assert list(fees_of_month([MONTHLY], month(119_999))) == [Fee("monthly", 490, 1)]
        assert list(fees_of_month([MONTHLY], month(120_000))) == []

    def test_leave_out_what_an_officer_waived_and_other_currencies(self) -> None:
        assert list(fees_of_month([MONTHLY], month(waived=frozenset({"monthly"})))) == []
        assert list(fees_of_month([FeeTerms("monthly", 490, "JPY")], month())) == []

    def test_count_items_and_charge_nothing_for_none(self) -> None:
        assert list(fees_of_month([ITEM], month(items=3))) == [Fee("per-item", 45, 3)]
        assert list(fees_of_month([ITEM], month())) == []

    def test_charge_once_for_a_month_below_the_minimum(self) -> None:
        assert list(fees_of_month([LOW], month(lowest=999, floor=1_000))) == [Fee("below-minimum", 700, 1)]
        assert list(fees_of_month([LOW], month(lowest=1_000, floor=1_000))) == []
