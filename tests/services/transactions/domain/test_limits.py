"""The rules of limits, without a database."""

from datetime import date

import pytest

from services.transactions.domain.bank_rules import NO_RULES, PRODUCTION_RULES, SANDBOX_RULES
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import (
    UNLIMITED,
    LimitExceeded,
    Limits,
    count_debit,
    give_back,
    require_within_limits,
)

DAY = date(2026, 11, 30)


def account(**more: object) -> LedgerAccount:
    """Make a customer's account."""
    return LedgerAccount(id="a", kind="customer", currency="EUR", **more)  # type: ignore[arg-type]


def spend(payer: LedgerAccount, limits: Limits, amount_minor: int, day: date = DAY) -> None:
    """Check an order and count it."""
    require_within_limits(payer=payer, limits=limits, amount_minor=amount_minor, business_date=day)
    count_debit(payer=payer, amount_minor=amount_minor, business_date=day)


class TestRequireWithinLimits:
    @pytest.mark.parametrize(
        ("limits", "name", "used", "renews"),
        [
            (Limits(per_transaction_minor=60), "per-transaction", 0, None),
            (Limits(per_day_minor=100), "per-day", 40, "2026-12-01"),
            (Limits(per_month_minor=100), "per-month", 40, "2026-12-01"),
        ],
    )
    def test_names_the_limit_what_is_used_and_when_it_renews(
        self, limits: Limits, name: str, used: int, renews: str | None
    ) -> None:
        payer = account()
        spend(payer, limits, 40)
        with pytest.raises(LimitExceeded) as refused:
            spend(payer, limits, 61)
        numbers = refused.value.numbers
        assert (numbers["limit"], numbers["used_minor"], numbers["renews_on"]) == (name, used, renews)
        assert (numbers["amount_minor"], numbers["currency"]) == (61, "EUR")
        spend(payer, limits, 60)

    def test_counts_orders_of_a_day(self) -> None:
        payer, limits = account(), Limits(per_day_count=2)
        spend(payer, limits, 1)
        spend(payer, limits, 1)
        with pytest.raises(LimitExceeded) as refused:
            spend(payer, limits, 1)
        assert (refused.value.numbers["limit_count"], refused.value.numbers["used_count"]) == (2, 2)
        spend(payer, limits, 1, date(2026, 12, 1))

    def test_begins_anew_with_the_day_and_with_the_month(self) -> None:
        payer, limits = account(), Limits(per_day_minor=100, per_month_minor=150)
        spend(payer, limits, 100, date(2026, 11, 1))
        spend(payer, limits, 50, date(2026, 11, 2))
        with pytest.raises(LimitExceeded):
            spend(payer, limits, 1, date(2026, 11, 30))
        spend(payer, limits, 100, date(2026, 12, 1))
        assert (payer.day_debited_minor, payer.month_debited_minor, payer.day_debits) == (100, 100, 1)

    def test_renews_in_the_next_year_after_december(self) -> None:
        with pytest.raises(LimitExceeded) as refused:
            spend(account(), Limits(per_month_minor=1), 2, date(2026, 12, 31))
        assert refused.value.numbers["renews_on"] == "2027-01-01"

    def test_of_nothing_lets_nothing_out(self) -> None:
        with pytest.raises(LimitExceeded):
            spend(account(), Limits(per_day_minor=0), 1)

    def test_without_limits_lets_everything_out(self) -> None:
        spend(account(), UNLIMITED, 10**12)


class TestGiveBack:
    def test_reaches_the_day_and_the_month_it_was_counted_in(self) -> None:
        payer = account()
        count_debit(payer=payer, amount_minor=70, business_date=date(2026, 11, 1))
        count_debit(payer=payer, amount_minor=30, business_date=DAY)
        give_back(payer=payer, amount_minor=10, counted_on=DAY)
        assert (payer.day_debited_minor, payer.month_debited_minor, payer.day_debits) == (20, 90, 1)
        give_back(payer=payer, amount_minor=70, counted_on=date(2026, 11, 1))
        assert (payer.day_debited_minor, payer.month_debited_minor) == (20, 20)
        give_back(payer=payer, amount_minor=5, counted_on=date(2026, 10, 31))
        assert (payer.day_debited_minor, payer.month_debited_minor) == (20, 20)


class TestBankRules:
    def test_cap_an_accounts_own_limits_one_by_one(self) -> None:
        caps = PRODUCTION_RULES.kyc_caps[1]["EUR"]
        own = {"kyc_level": 1, "per_transaction_minor": 1, "per_day_minor": 10**12, "colour": "red"}
        found = PRODUCTION_RULES.limits_of(account(limits=own))
        assert found == Limits(1, caps.per_day_minor, caps.per_month_minor, caps.per_day_count)

    def test_take_no_level_for_the_lowest_and_a_higher_one_for_the_highest_known(self) -> None:
        assert PRODUCTION_RULES.limits_of(account()) == PRODUCTION_RULES.kyc_caps[0]["EUR"]
        assert PRODUCTION_RULES.limits_of(account(limits={"kyc_level": 9})) == PRODUCTION_RULES.kyc_caps[3]["EUR"]

    def test_of_the_sandbox_have_no_caps_at_level_two(self) -> None:
        assert SANDBOX_RULES.limits_of(account(limits={"kyc_level": 2})) == UNLIMITED
        assert SANDBOX_RULES.limits_of(account(limits={"kyc_level": 1})) == PRODUCTION_RULES.kyc_caps[1]["EUR"]
        assert NO_RULES.limits_of(account()) == UNLIMITED

    @pytest.mark.parametrize("level", PRODUCTION_RULES.kyc_caps)
    def test_of_production_cap_every_level_in_every_currency(self, level: int) -> None:
        for currency in ("EUR", "JPY", "KWD", "USD"):
            limits = PRODUCTION_RULES.limits_of(
                LedgerAccount(id="a", kind="customer", currency=currency, limits={"kyc_level": level})
            )
            assert None not in (
                limits.per_transaction_minor, limits.per_day_minor, limits.per_month_minor, limits.per_day_count
            )  # fmt: skip
