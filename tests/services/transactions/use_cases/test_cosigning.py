"""Where all owners sign together, one owner's transfer waits, and what cannot wait is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.transactions.domain.bank_rules import NO_RULES
from services.transactions.domain.cosignature import CosignatureRequired
from services.transactions.use_cases.confirming import transfer_subject
from services.transactions.use_cases.orders import TransferOrder
from shared.clients.step_up import StepUp
from shared.clock import bank_now
from shared.store.engine import Store
from tests.services.transactions.conftest import ADA, BEN, TESS, TRANSFER, WITHDRAWAL, transfer
from tests.services.transactions.joint import JointBench
from tests.services.transactions.people import door

HOLD = "POST /api/v1/holds"
BATCH = "POST /api/v1/transfers/batch"
SUM = {"account_id": "a-ada", "amount_minor": 100, "currency": "EUR"}


@pytest.fixture
def joint(make_store: Any) -> JointBench:
    store: Store = make_store("transactions")
    return JointBench(store)


class TestATransfer:
    def test_waits_and_books_nothing(self, joint: JointBench) -> None:
        waits = joint.asks(key="k")
        assert waits["status"] == "waiting"
        assert (joint.booked("a-ada"), joint.count("journal_entries")) == (1_000, 1)
        [fact] = joint.told("cosignature-needed")
        assert {name: fact[name] for name in ("cosignature_id", "customer_id", "owners", "payee_account_id")} == {
            "cosignature_id": waits["id"],
            "customer_id": "c-ada",
            "owners": ["c-ada", "c-ben"],
            "payee_account_id": "a-cleo",
        }
        assert (fact["amount_minor"], fact["confirmed"]) == (100, False)
        assert joint.asks(key="k") == waits  # the same answer to a repeat, and no second fact
        assert len(joint.told("cosignature-needed")) == 1

    def test_is_refused_at_once_if_it_could_not_be_booked(self, joint: JointBench) -> None:
        status, body = joint.one(TRANSFER, transfer("a-ada", "a-cleo", 1_001), ADA)
        assert (status, body["code"]) == (409, "transactions.insufficient-funds")
        assert joint.told("cosignature-needed") == []

    def test_is_booked_at_once_at_a_desk_and_where_either_signs(self, joint: JointBench) -> None:
        assert joint.one(TRANSFER, transfer("a-ada", "a-cleo", 100), TESS)[0] == 201
        joint.contract(version=2, mandate="either")
        assert joint.one(TRANSFER, transfer("a-ada", "a-cleo", 100), BEN)[0] == 201

    def test_uses_the_step_up_of_its_maker_up_and_says_that_it_did(self, joint: JointBench) -> None:
        joint.rules = replace(NO_RULES, step_up_from_minor=100)
        body = transfer("a-ada", "a-cleo", 100)
        assert joint.one(TRANSFER, body, ADA)[1]["code"] == "auth.step-up-required"
        subject = transfer_subject(TransferOrder(**body))
        token = StepUp("t-1", subject.action, subject.hash)
        joint.asks(step_up=token)
        assert joint.told("cosignature-needed")[0]["confirmed"]
        assert joint.one(TRANSFER, body, ADA, step_up=token)[1]["code"] == "auth.step-up-required"


class TestWhatCannotWait:
    @pytest.mark.parametrize("route", [WITHDRAWAL, HOLD])
    def test_is_refused_to_one_owner_and_not_to_a_desk(self, joint: JointBench, route: str) -> None:
        status, body = joint.one(route, SUM, ADA)
        assert (status, body["code"]) == (409, CosignatureRequired.code)
        assert joint.one(route, SUM, TESS)[0] == 201

    def test_is_a_batch_as_well(self, joint: JointBench) -> None:
        one = transfer("a-ada", "a-cleo", 100)
        status, body = joint.one(BATCH, {"transfers": [one], "atomic": True}, ADA)
        assert (status, body["problem"]["code"]) == (409, CosignatureRequired.code)
        status, body = joint.one(BATCH, {"transfers": [one], "atomic": False}, ADA)
        assert body["results"][0]["problem"]["code"] == CosignatureRequired.code
        assert joint.booked("a-ada") == 1_000

    def test_is_a_standing_order_which_one_owner_may_stop(self, joint: JointBench, tmp_path: Path) -> None:
        path = "/api/v1/standing-orders"
        order = {"from_account_id": "a-ada", "to_account_id": "a-cleo", "amount_minor": 100, "currency": "EUR",
                 "rhythm": "weekly", "start_on": f"{bank_now().date() + timedelta(days=30)}"}  # fmt: skip
        with door(joint, tmp_path, "ada") as ada, door(joint, tmp_path, "tess") as tess:
            refused = ada.post(path, json=order)
            assert (refused.status_code, refused.json()["code"]) == (409, CosignatureRequired.code)
            made = tess.post(path, json=order).json()
            one = f"{path}/{made['id']}"
            for change in ({"amount_minor": 50}, {"status": "active"}, {"status": "paused", "amount_minor": 200}):
                assert ada.patch(one, json={**change, "version": made["version"]}).status_code == 409, change
            paused = ada.patch(one, json={"status": "paused", "version": made["version"]})
            assert (paused.status_code, paused.json()["status"]) == (200, "paused")
            assert ada.delete(one).status_code == 204
