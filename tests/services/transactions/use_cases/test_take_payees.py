"""The ledger's own copy of payees."""

from datetime import date, datetime
from typing import Any

from services.transactions.consumers import payee_added, payee_removed
from services.transactions.store.payee_store import load_payee_lists
from services.transactions.use_cases.take_payees import take_all_payees
from shared.contracts.accounts import PayeeAdded, PayeeRemoved
from shared.store.engine import Store
from tests.services.transactions.conftest import LedgerBench

UNTIL = "2026-12-01T12:00:00.000000Z"
ENVELOPE: Any = None


def known(store: Store, account_id: str = "a-ben") -> tuple[bool, datetime | None]:
    with store.read() as session:
        one = load_payee_lists(session, ["c-ada"]).standing(("c-ada", account_id), date(2026, 12, 1))
    return one.listed, one.cooling_until


class TestTakePayees:
    def test_follows_the_facts_however_often_they_come(self, bench: LedgerBench) -> None:
        added = PayeeAdded(payee_id="p", customer_id="c-ada", account_id="a-ben", cooling_until=UNTIL)
        removed = PayeeRemoved(payee_id="p", customer_id="c-ada", account_id="a-ben")
        for _ in range(2):
            with bench.store.write() as session:
                payee_added.consume(session, added, ENVELOPE)
        listed, until = known(bench.store)
        assert (listed, until is not None and until.hour) == (True, 12)
        for _ in range(2):
            with bench.store.write() as session:
                payee_removed.consume(session, removed, ENVELOPE)
        assert known(bench.store) == (False, None)

    def test_leaves_out_accounts_of_other_banks(self, bench: LedgerBench) -> None:
        with bench.store.write() as session:
            payee_added.consume(session, PayeeAdded(payee_id="p", customer_id="c-ada"), ENVELOPE)
        assert bench.count("listed_payees") == 0

    def test_follows_a_snapshot_to_the_letter(self, bench: LedgerBench) -> None:
        row = {"payee_id": "p", "customer_id": "c-ada", "account_id": "a-ben", "cooling_until": None}
        with bench.store.write() as session:
            take_all_payees(session, [row, {**row, "account_id": "a-cleo", "cooling_until": UNTIL}])
            take_all_payees(session, [{**row, "account_id": "a-cleo", "cooling_until": UNTIL}])
        assert (known(bench.store)[0], known(bench.store, "a-cleo")[0]) == (False, True)
