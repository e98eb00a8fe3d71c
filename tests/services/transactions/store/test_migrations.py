"""A store that is already in use is brought to the newest version, and what is in it stays true."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from services.transactions.store.book_queries import end_of_days
from services.transactions.store.ledger_queries import booked_as_of, find_account
from shared.store.engine import Store
from shared.store.migrate import _config, migrate
from shared.store.schema import check_version, tables_of

ACCOUNT = (
    "INSERT INTO ledger_accounts (id, kind, currency, normal, holder_name, owners, mandate, product, branch_id, "
    "min_balance_minor, overdraft_limit_minor, limits, customer_may_deposit, status, freeze, contract_version, "
    "booked_minor, held_minor) VALUES ('{id}', '{kind}', 'EUR', 'credit', '', '[]', 'either', '', 'main', 0, 0, "
    "'{limits}', 0, 'open', 'none', 1, {booked}, 0)"
)
ENTRY = (
    "INSERT INTO journal_entries VALUES ({n}, 'e-{n}', 'transfer', 5, 'EUR', 'a', 'b', '', "
    "'{day}T10:00:00.000000Z', '{day}', '{day}', NULL, 'h{n}')"
)


@pytest.fixture
def old(tmp_path: Path) -> Store:
    """Give a store at version 0002 that has moved 5 from a to b on each of three days, twice on the first."""
    store = Store(f"sqlite:///{tmp_path}/t.db", service="transactions", plumbing=tables_of("transactions")[1])
    with store.writer.connect() as connection, connection.begin():
        command.upgrade(_config(connection, "transactions"), "0002")
        _fill(connection)
    return store


def _fill(connection: Connection) -> None:
    rows = [ACCOUNT.format(id=one, kind="customer", limits="{}", booked=0) for one in "ab"]
    rows.append(ACCOUNT.format(id="cash", kind="cash", limits="{}", booked=0))
    for number, day in enumerate(("2026-01-01", "2026-01-01", "2026-01-02", "2026-01-04"), start=1):
        rows.append(ENTRY.format(n=number, day=day))
        rows.append(f"INSERT INTO postings VALUES ({number}, 0, 'a', 'debit', 5, {-5 * number})")
        rows.append(f"INSERT INTO postings VALUES ({number}, 1, 'b', 'credit', 5, {5 * number})")
    rows.append("INSERT INTO business_date VALUES (1, '2026-01-04', 'open')")
    for row in rows:
        connection.exec_driver_sql(row)


class TestVersion0003:
    def test_keeps_what_is_there_and_fills_in_the_days_that_are_over(self, old: Store) -> None:
        migrate(old)
        check_version(old)
        with old.read() as session:
            days = end_of_days(session, "b", from_day=None, to_day=None, after=None, limit=9)
            assert list(days) == [(date(2026, 1, 1), 10), (date(2026, 1, 2), 15)]
            assert all(booked_as_of(session, "b", day) == booked for day, booked in days)
            found = find_account(session, "a")
        assert found is not None
        assert (found.limits, found.usage_day, found.day_debited_minor) == ({"kyc_level": 2}, "", 0)
        old.close()

    def test_leaves_the_banks_own_accounts_without_a_level(self, old: Store) -> None:
        migrate(old)
        with old.read() as session:
            found = find_account(session, "cash")
        assert found is not None
        assert found.limits == {}
        old.close()

    def test_stops_and_changes_nothing_where_an_entry_names_an_account_twice(self, old: Store) -> None:
        with old.writer.connect() as connection, connection.begin():
            connection.exec_driver_sql("INSERT INTO postings VALUES (4, 2, 'b', 'debit', 5, 15)")
        with pytest.raises(IntegrityError, match="UNIQUE"):
            migrate(old)
        with old.reader.connect() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM transactions_schema_version").scalar() == "0002"
            assert "usage_day" not in str(connection.exec_driver_sql("PRAGMA table_info(ledger_accounts)").all())
        old.close()
