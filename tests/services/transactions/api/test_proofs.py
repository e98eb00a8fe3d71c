"""The routes of whoever audits the bank: invariants and the snapshot."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from services.transactions.api.proofs import SnapshotAnswer
from services.transactions.domain.invariants import INVARIANTS
from services.transactions.main import build_app
from services.transactions.settings import TransactionsSettings
from services.transactions.store.ledger_store import last_entry
from shared.clients.verify import InvalidToken
from shared.contracts.caller import Caller
from tests.services.transactions.conftest import ADA, LedgerBench, transfer


class Callers:
    """Knows a caller of each role by its name."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token."""
        return ADA if raw == "customer" else Caller(user_id=f"u-{raw}", roles=frozenset({raw}), session_id="s")

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token."""
        raise InvalidToken


@pytest.fixture
def http(bench: LedgerBench, tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of a ledger of two currencies."""
    payer, payee = bench.open("ada"), bench.open("ben")
    bench.deposit(payer, 500)
    bench.one("POST /api/v1/transfers", transfer(payer, payee, 120), ADA)
    bench.one("POST /api/v1/holds", {"account_id": payer, "amount_minor": 30, "currency": "EUR"}, ADA)
    yen = bench.open("cleo", currency="JPY")
    order = {"account_id": yen, "amount_minor": 7, "currency": "JPY"}
    cleo = Caller(user_id="u-cleo", customer_id="c-cleo", roles=frozenset({"customer"}), session_id="s4")
    assert bench.one("POST /api/v1/deposits", order, cleo)[0] == 201
    app = build_app(
        settings=TransactionsSettings(data_dir=tmp_path, invariants_seconds=0), store=bench.store, verifier=Callers()
    )
    with TestClient(app, headers={"authorization": "Bearer auditor"}) as client:
        yield client


def as_role(role: str) -> dict[str, str]:
    """Give the header of a caller with a role."""
    return {"authorization": f"Bearer {role}"}


class TestInvariants:
    def test_are_listed_with_state_sentence_and_scope(self, http: TestClient) -> None:
        watch = http.app.state.invariants  # type: ignore[attr-defined]
        watch.take_piece()
        items = http.get("/api/v1/ledger/invariants").json()["items"]
        assert [item["id"] for item in items] == [one.id for one in INVARIANTS]
        assert {item["id"]: item for item in items if item["state"] != "ok"} == {}
        assert all(item["checked_at"] and item["scope"] and item["violations"] == 0 for item in items)

    @pytest.mark.parametrize("role", ["customer", "teller", "officer", "support"])
    def test_are_not_for_others(self, http: TestClient, role: str) -> None:
        assert http.get("/api/v1/ledger/invariants", headers=as_role(role)).status_code == 403

    @pytest.mark.parametrize("role", ["auditor", "supervisor", "admin"])
    def test_are_for_those_who_watch_the_bank(self, http: TestClient, role: str) -> None:
        assert http.get("/api/v1/ledger/invariants", headers=as_role(role)).status_code == 200


class TestSnapshot:
    def test_adds_up_to_nothing_in_each_currency(self, http: TestClient, bench: LedgerBench) -> None:
        snapshot = http.get("/api/v1/ledger/snapshot").json()
        SnapshotAnswer.model_validate(snapshot)
        with bench.store.read() as session:
            assert (snapshot["sequence"], snapshot["hash"]) == last_entry(session)
        sums: dict[str, int] = defaultdict(int)
        for account in snapshot["accounts"]:
            sums[account["currency"]] += account["booked_minor"] * (1 if account["normal"] == "debit" else -1)
        assert sums == {"EUR": 0, "JPY": 0}
        totals = {total["currency"]: total for total in snapshot["totals"]}
        assert (totals["EUR"]["debit_minor"], totals["EUR"]["credit_minor"], totals["EUR"]["held_minor"]) == (
            500,
            500,
            30,
        )
        assert totals["JPY"]["accounts"] == 2
        assert "Ada" not in json.dumps(snapshot)

    def test_is_of_one_moment_however_long_it_takes_to_read(self, http: TestClient, bench: LedgerBench) -> None:
        from services.transactions.api.proofs import _snapshot

        parts = _snapshot(bench.store)
        begun = next(parts)
        bench.deposit("a-ben", 1_000)
        snapshot = json.loads(begun + "".join(parts))
        assert {a["account_id"]: a["booked_minor"] for a in snapshot["accounts"]}["a-ben"] == 120
        assert snapshot["sequence"] == 3

    @pytest.mark.parametrize("role", ["customer", "teller", "supervisor", "admin"])
    def test_is_for_auditors_alone(self, http: TestClient, role: str) -> None:
        assert http.get("/api/v1/ledger/snapshot", headers=as_role(role)).status_code == 403
