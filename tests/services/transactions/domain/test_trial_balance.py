"""The chart of accounts and the trial balance, without a database."""

from services.transactions.domain.chart_of_accounts import CHART, account_name, cash_account, internal_account
from services.transactions.domain.trial_balance import Holding, trial_balance
from shared.ids import derived_id


class TestChartOfAccounts:
    def test_gives_each_kind_one_id_per_currency_and_cash_one_per_branch(self) -> None:
        ids = {internal_account(kind, currency=c).id for kind in CHART for c in ("EUR", "JPY")}  # type: ignore[arg-type]
        assert len(ids) == 2 * len(CHART)
        assert internal_account("suspense", currency="EUR", branch_id="x") == internal_account(
            "suspense", currency="EUR"
        )
        assert cash_account(branch_id="a", currency="EUR").id != cash_account(branch_id="b", currency="EUR").id

    def test_keeps_the_ids_of_the_first_accounts(self) -> None:
        """They are derived, never looked up: another derivation would open second ones."""
        assert cash_account(branch_id="main", currency="EUR").id == derived_id("ledger", "cash", "main", "EUR")
        assert internal_account("clearing", currency="EUR").id == derived_id("ledger", "clearing", "EUR")

    def test_names_every_account(self) -> None:
        assert account_name(kind="cash", branch_id="main") == "Cash, branch main"
        assert all(account_name(kind=kind) for kind in CHART)


def holding(kind: str, above: int, below: int = 0, currency: str = "EUR", product: str = "") -> Holding:
    """Make what an account, or a product's accounts, hold."""
    normal = CHART[kind].normal if kind in CHART else "credit"
    account_id = None if product else kind
    return Holding(account_id, kind, normal, currency, product, "main", 2 if product else 1, above, below)


class TestTrialBalance:
    def test_puts_every_account_on_its_side_per_currency(self) -> None:
        found = trial_balance(
            [
                holding("customer", 40, product="savings"),
                holding("customer", 500, 100, product="current"),
                holding("over-short", 0, 20),
                holding("fee-income", 10),
                holding("customer", 7, 0, "JPY", "current"),
                holding("cash", 7, 0, "JPY"),
                holding("cash", 430),
            ]
        )
        sums = [(one.currency, one.debit_minor, one.credit_minor, one.balanced) for one in found]
        assert sums == [("EUR", 530, 570, False), ("JPY", 7, 7, True)]
        lines = [(one.kind, one.product, one.accounts, one.debit_minor, one.credit_minor) for one in found[0].lines]
        assert lines == [
            ("cash", None, 1, 430, 0),
            ("fee-income", None, 1, 0, 10),
            ("over-short", None, 1, 0, 20),
            ("customer", "current", 2, 100, 500),
            ("customer", "savings", 2, 0, 40),
        ]
