"""What the bank books by itself, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.transactions.domain.chart_of_accounts import internal_account
from services.transactions.domain.journal_entry import (
    Booking,
    JournalEntry,
    Posting,
    SameAccount,
    Unbalanced,
    require_balanced,
)
from services.transactions.domain.ledger_account import AccountFrozen, AccountNotOpen, CurrencyMismatch, LedgerAccount
from services.transactions.domain.own_entry import book_own_entry
from shared.errors import Refusal
from shared.money import Money

BOOKING = Booking("e-1", datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1), "a word", date(2026, 2, 1))
ACCOUNT = LedgerAccount(id="a", kind="customer", currency="EUR", min_balance_minor=1000)
INCOME = internal_account("fee-income", currency="EUR")


def fee(account: LedgerAccount, currency: str = "EUR") -> JournalEntry:
    """Charge 100."""
    return book_own_entry(
        booking=BOOKING,
        entry_type="fee",
        account=account,
        against=INCOME,
        direction="debit",
        amount=Money(100, currency),
    )


class TestBookOwnEntry:
    def test_passes_the_floor_and_counts_from_its_value_date(self) -> None:
        entry = fee(ACCOUNT)
        assert [(p.account_id, p.direction, p.balance_after_minor) for p in entry.postings] == [
            ("a", "debit", -100),
            (INCOME.id, "credit", 100),
        ]
        assert (entry.value_date, entry.business_date) == (date(2026, 2, 1), date(2026, 3, 1))

    @pytest.mark.parametrize("change", [{"status": "dormant"}, {"freeze": "debit"}, {"freeze": "credit"}])
    def test_passes_what_stops_customers_only(self, change: dict[str, str]) -> None:
        assert fee(replace(ACCOUNT, **change)).type == "fee"  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("account", "refusal"),
        [
            (replace(ACCOUNT, status="closed"), AccountNotOpen),
            (replace(ACCOUNT, freeze="all"), AccountFrozen),
            (replace(ACCOUNT, currency="JPY"), CurrencyMismatch),
            (INCOME, SameAccount),
        ],
    )
    def test_is_refused_on_accounts_that_take_nothing(self, account: LedgerAccount, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            fee(account)


class TestRequireBalanced:
    @pytest.mark.parametrize(
        "postings",
        [
            (),
            (Posting("a", "debit", 1, 0),),
            (Posting("a", "debit", 1, 0), Posting("b", "credit", 2, 0)),
            (Posting("a", "debit", 1, 0), Posting("a", "credit", 1, 0)),
        ],
    )
    def test_lets_no_uneven_entry_through(self, postings: tuple[Posting, ...]) -> None:
        with pytest.raises(Unbalanced):
            require_balanced(replace(fee(ACCOUNT), postings=postings))
