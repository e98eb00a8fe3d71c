"""What the store itself refuses, and how its chain is made."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.store.ledger_queries import Filter, list_entries
from services.transactions.store.ledger_store import entry_hash, last_entry
from shared.store.engine import Store
from shared.store.outbox import GENESIS, envelope_hash
from shared.store.outbox_queries import events_after
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer


@pytest.fixture
def booked(bench: LedgerBench) -> LedgerBench:
    """Give a ledger with a deposit and nine transfers."""
    payer, payee = bench.open("ada"), bench.open("ben")
    bench.deposit(payer, 100)
    for amount in range(1, 10):
        bench.one(TRANSFER, transfer(payer, payee, amount), ADA)
    return bench


class TestTheJournal:
    @pytest.mark.parametrize("table", ["journal_entries", "postings", "audit"])
    @pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET hash = 'x'"])
    def test_is_append_only_in_the_database(self, booked: LedgerBench, table: str, statement: str) -> None:
        change = "UPDATE postings SET amount_minor = 1" if "UPDATE" in statement else statement.format(table)
        with pytest.raises(IntegrityError, match="append-only"), booked.store.write() as session:
            session.connection().exec_driver_sql(change)

    def test_has_debits_equal_to_credits_in_every_entry(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            uneven = session.connection().exec_driver_sql(
                "SELECT entry_sequence FROM postings GROUP BY entry_sequence "
                "HAVING sum(CASE direction WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0"
            )
            assert uneven.all() == []

    def test_chains_every_entry_to_the_one_before(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            found = sorted(list_entries(session, Filter(), below=None, limit=100), key=lambda one: one.sequence)
            previous = GENESIS
            for one in found:
                previous = entry_hash(previous, one.entry)
            assert last_entry(session) == (10, previous)

    def test_pages_neither_skip_nor_double_while_entries_are_booked(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            first = list_entries(session, Filter(account_ids=["a-ada"]), below=None, limit=4)
        booked.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)
        with booked.store.read() as session:
            second = list_entries(session, Filter(account_ids=["a-ada"]), below=first[-1].sequence, limit=10)
        assert [one.sequence for one in (*first, *second)] == list(range(10, 0, -1))

    def test_predecessor_d12_both_sides_of_a_transfer_are_one_entry(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            payer = list_entries(session, Filter(account_ids=["a-ada"], type="transfer"), below=None, limit=100)
            payee = list_entries(session, Filter(account_ids=["a-ben"], type="transfer"), below=None, limit=100)
        assert [one.entry.id for one in payer] == [one.entry.id for one in payee]
        assert all({p.direction for p in one.entry.postings} == {"debit", "credit"} for one in payer)


class TestTheOutbox:
    def test_is_gap_free_and_chained(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            events = events_after(session, 0, 100)
        assert [event["sequence"] for event in events] == list(range(1, 11))
        previous = GENESIS
        for event in events:
            assert event["previoushash"] == previous
            assert event["hash"] == envelope_hash(event)
            previous = event["hash"]

    def test_holds_cloudevents(self, booked: LedgerBench) -> None:
        with booked.store.read() as session:
            event = events_after(session, 9, 1)[0]
        assert (event["specversion"], event["source"]) == ("1.0", "bank.transactions")
        assert event["type"] == "bank.transactions.transfer-booked.v1"
        assert json.loads(json.dumps(event)) == event


class TestAccounts:
    def test_available_is_booked_plus_overdraft_less_floor_and_holds(self, make_store: Callable[[str], Store]) -> None:
        account = LedgerAccount(
            id="a", kind="customer", currency="EUR", booked_minor=500, overdraft_limit_minor=200,
            min_balance_minor=50, held_minor=30,
        )  # fmt: skip
        assert account.available_minor == 500 + 200 - 50 - 30
