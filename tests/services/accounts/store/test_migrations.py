"""A store that is already in use is brought to the newest version, and what is in it stays true."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command

from services.accounts.store.account_queries import account_row, contract_of
from services.accounts.store.catalogue_queries import product_in_force
from services.accounts.store.rate_queries import list_rates, rate_on
from services.accounts.use_cases.seed_catalogue import seed_catalogue
from shared.store.engine import Store
from shared.store.migrate import _config, migrate
from shared.store.schema import check_version, tables_of

AT = "2026-01-01T00:00:00.000000Z"
ROWS = (
    f"INSERT INTO branches VALUES ('main', 'Main branch', 'Berlin', 'open', '{AT}', 1)",
    (
        "INSERT INTO products (code, name, customer_may_deposit, min_balance_minor, overdraft_limit_minor, currencies, "
        f"open_to_customers, created_at) VALUES ('savings', 'Savings account', 0, 1000, 0, '[\"EUR\"]', 1, '{AT}')"
    ),
    f"INSERT INTO interest_rates VALUES ('r1', 'savings', 275, '2020-01-01', '{AT}', 'seed')",
    f"INSERT INTO interest_rates VALUES ('r2', 'savings', 300, '2025-01-01', '{AT}', 'sam')",
    (
        "INSERT INTO accounts (id, account_number, product, currency, status, branch_id, opened_at, version, "
        "contract_version, pushed_version, created_at) VALUES ('a', 'DE00A', 'savings', 'EUR', 'open', 'main', "
        f"'{AT}', 1, 1, 1, '{AT}')"
    ),
)


@pytest.fixture
def old(tmp_path: Path) -> Store:
    """Give a store at version 0001 with an account, a product and two rates."""
    store = Store(f"sqlite:///{tmp_path}/a.db", service="accounts", plumbing=tables_of("accounts")[1])
    with store.writer.connect() as connection, connection.begin():
        command.upgrade(_config(connection, "accounts"), "0001")
        for row in ROWS:
            connection.exec_driver_sql(row)
    return store


class TestNewest:
    def test_keeps_products_rates_and_contracts_as_they_were(self, old: Store) -> None:
        migrate(old)
        check_version(old)
        seed_catalogue(old, is_sandbox=True)
        with old.read() as session:
            product, version = product_in_force(session, "savings", date(2026, 1, 2))
            assert (product.min_balance_minor, product.kind, product.currencies, version) == (
                1000,
                "savings",
                ("EUR",),
                1,
            )
            assert [rate_on(session, "savings", date(year, 6, 1)) for year in (2019, 2024, 2025)] == [None, 275, 300]
            assert {row.id for row in list_rates(session, product="savings", after=None, limit=9)} == {"r1", "r2"}
            account = account_row(session, "a")
            assert (account.freeze, account.product_version, account.waived_fees) == ("none", 1, [])
            assert contract_of(session, account).to_ledger()["min_balance_minor"] == 1000
