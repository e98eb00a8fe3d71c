"""A balance's parts add up to what is available, whatever floors and holds an account has."""

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.transactions.api.balances import MAX_HOLD_PARTS
from tests.services.transactions.conftest import ADA, TESS, LedgerBench
from tests.services.transactions.people import door
from tests.services.transactions.use_cases.test_capture_hold import CAPTURE
from tests.services.transactions.use_cases.test_place_hold import PLACE, order
from tests.services.transactions.use_cases.test_release_hold import RELEASE

_names = itertools.count()
_step = st.tuples(st.sampled_from(("place", "capture", "part", "release")), st.integers(1, 300))


class TestParts:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        steps=st.lists(_step, max_size=12),
        paid=st.integers(0, 3_000),
        floor=st.integers(0, 900),
        over=st.integers(0, 900),
    )
    def test_add_up_and_name_each_hold(
        self, bench: LedgerBench, tmp_path: Path, steps: list[tuple[str, int]], paid: int, floor: int, over: int
    ) -> None:
        contract = {"min_balance_minor": floor, "overdraft_limit_minor": over, "owners": ["c-ada"]}
        account = bench.open(f"parts{next(_names)}", **contract)
        if paid:
            bench.deposit(account, paid)
        still: dict[str, int] = {}
        for verb, amount in steps:
            self.take(bench, account, still, verb, amount)
        with door(bench, tmp_path, "ada") as http:
            balance = http.get(f"/api/v1/balances/{account}").json()
            listed = http.get("/api/v1/balances", params={"account_ids": account}).json()["items"][0]
        assert sum(part["amount_minor"] for part in balance["parts"]) == balance["available_minor"]
        assert {part["hold_id"]: -part["amount_minor"] for part in balance["parts"] if part["kind"] == "hold"} == still
        assert listed["parts"] == balance["parts"]

    @staticmethod
    def take(bench: LedgerBench, account: str, still: dict[str, int], verb: str, amount: int) -> None:
        """Do a step and keep what is set aside by hold."""
        if verb == "place":
            status, body = bench.one(PLACE, order(account, amount), ADA)
            if status == 201:
                still[body["id"]] = amount
            return
        if not still:
            return
        hold = next(iter(still))
        if verb == "release":
            bench.one(RELEASE, {}, ADA, hold_id=hold)
            del still[hold]
        elif verb == "capture" or amount >= still[hold]:
            assert bench.one(CAPTURE, {}, TESS, hold_id=hold)[0] == 201
            del still[hold]
        else:
            bench.one(CAPTURE, {"amount_minor": amount, "final": False}, TESS, hold_id=hold)
            still[hold] -= amount

    @pytest.mark.parametrize("more", [0, 7])
    def test_of_very_many_holds_are_bounded_with_the_rest_in_one(
        self, bench: LedgerBench, tmp_path: Path, more: int
    ) -> None:
        account = bench.open("ada")
        bench.deposit(account, 1_000)
        for _ in range(MAX_HOLD_PARTS + more):
            assert bench.one(PLACE, order(account, 3), ADA)[0] == 201
        with door(bench, tmp_path, "ada") as http:
            balance = http.get(f"/api/v1/balances/{account}").json()
        kinds = [part["kind"] for part in balance["parts"]]
        assert kinds.count("hold") == MAX_HOLD_PARTS
        assert [-part["amount_minor"] for part in balance["parts"] if part["kind"] == "hold-rest"] == [3 * more] * (
            more > 0
        )
        assert sum(part["amount_minor"] for part in balance["parts"]) == balance["available_minor"]

    def test_of_the_past_have_no_hold(self, bench: LedgerBench, tmp_path: Path) -> None:
        account = bench.open("ada")
        bench.deposit(account, 10)
        bench.one(PLACE, order(account, 3), ADA)
        with door(bench, tmp_path, "ada") as http:
            balance = http.get(f"/api/v1/balances/{account}", params={"as_of": "9999-12-31"}).json()
        assert [part["kind"] for part in balance["parts"]] == ["booked", "overdraft-limit", "min-balance"]
