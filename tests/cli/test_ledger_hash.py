"""The ledger's hash: the same while nothing is said anew, another one after each thing that counts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.data_folder import DataFolder, Refused
from cli.ledger_hash import hash_of, ledger_hash
from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, TESS, TRANSFER, LedgerBench, transfer


def seen(bench: LedgerBench) -> str:
    with bench.store.read() as session:
        return hash_of(session).hash


class TestHash:
    def test_changes_with_every_thing_the_ledger_says(self, make_store: Callable[[str], Store]) -> None:
        bench = LedgerBench(make_store("transactions"))
        found = [seen(bench)]
        ada = bench.open("ada")
        found.append(seen(bench))
        ben = bench.open("ben")
        bench.deposit(ada, 500)
        found.append(seen(bench))
        assert bench.one(TRANSFER, transfer(ada, ben, 1), ADA)[0] == 201
        found.append(seen(bench))
        hold = {"account_id": ada, "amount_minor": 2, "currency": "EUR"}
        assert bench.one("POST /api/v1/holds", hold, TESS)[0] == 201
        found.append(seen(bench))
        assert len(set(found)) == len(found)

    def test_does_not_see_refusals(self, make_store: Callable[[str], Store]) -> None:
        bench = LedgerBench(make_store("transactions"))
        ada, ben = bench.open("ada"), bench.open("ben")
        before = seen(bench)
        assert bench.one(TRANSFER, transfer(ada, ben, 1), ADA)[0] == 409
        assert seen(bench) == before

    def test_of_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="no store"):
            ledger_hash(DataFolder.at(tmp_path))
