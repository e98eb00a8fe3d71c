"""The view on top of a view."""

from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.use_cases.nested_view import NestedView
from services.transactions.writing.view import BatchView


class TestNestedView:
    def test_never_changes_the_view_below(self) -> None:
        below = BatchView([LedgerAccount(id="a", kind="customer", currency="EUR", account_number="DE1")])
        nested = NestedView(below)
        for account in (
            nested.account("a"),
            nested.account_by_number("DE1"),
            nested.internal(clearing_account(currency="EUR")),
        ):
            assert account is not None
            account.booked_minor += 1
        same = nested.account("a")
        assert same is not None
        assert same.booked_minor == 2
        untouched = below.account("a")
        assert untouched is not None
        assert untouched.booked_minor == 0
        assert below.internal(clearing_account(currency="EUR")).booked_minor == 0
