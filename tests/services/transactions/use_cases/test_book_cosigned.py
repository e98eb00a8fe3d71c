"""What all owners have signed is booked once, under the id that its maker was told."""

from typing import Any

import pytest

from services.transactions.domain.cosignature import CosignatureRequired
from tests.services.transactions.conftest import ACCOUNTS, TESS, TRANSFER, transfer
from tests.services.transactions.joint import COSIGNED, JointBench


@pytest.fixture
def joint(make_store: Any) -> JointBench:
    return JointBench(make_store("transactions"))


class TestBookCosigned:
    def test_books_once_whatever_the_key(self, joint: JointBench) -> None:
        waits = joint.asks()
        for key in (waits["id"], waits["id"], "another"):
            status, body = joint.one(COSIGNED, joint.signed(), ACCOUNTS, key=key, cosignature_id=waits["id"])
            assert (status, body["id"]) == (200 if key == "another" else 201, waits["id"])
        assert (joint.booked("a-ada"), joint.booked("a-cleo")) == (900, 100)
        assert [one["entry_id"] for one in joint.told("transfer-booked")] == [waits["id"]]

    def test_books_once_in_one_batch_too(self, joint: JointBench) -> None:
        waits = joint.asks()
        same = [joint.submission(COSIGNED, joint.signed(), ACCOUNTS, key="k", cosignature_id=waits["id"])] * 2
        assert {one.status for one in joint.book(*same)} == {201}
        assert joint.booked("a-cleo") == 100

    def test_needs_every_present_owner(self, joint: JointBench) -> None:
        waits = joint.asks()
        status, body = joint.one(COSIGNED, joint.signed("c-ada"), ACCOUNTS, cosignature_id=waits["id"])
        assert (status, body["code"], body["missing"]) == (409, CosignatureRequired.code, 1)
        joint.contract(version=2, owners=["c-ada", "c-ben", "c-dan"])
        status, body = joint.one(COSIGNED, joint.signed(), ACCOUNTS, cosignature_id=waits["id"])
        assert (status, body["missing"]) == (409, 1)
        joint.contract(version=3, owners=["c-ben"])
        status, body = joint.one(COSIGNED, joint.signed("c-ben"), ACCOUNTS, cosignature_id=waits["id"])
        assert (status, body["code"]) == (404, "transactions.account-not-found")

    def test_looks_at_the_funds_of_now_and_keeps_a_refusal(self, joint: JointBench) -> None:
        waits = joint.asks(amount_minor=600)
        assert joint.one(TRANSFER, transfer("a-ada", "a-cleo", 500), TESS)[0] == 201
        order = joint.signed(amount_minor=600)
        no = joint.one(COSIGNED, order, ACCOUNTS, key="k", cosignature_id=waits["id"])
        assert (no[0], no[1]["code"]) == (409, "transactions.insufficient-funds")
        joint.deposit("a-ada", 1_000)
        assert joint.one(COSIGNED, order, ACCOUNTS, key="k", cosignature_id=waits["id"]) == no

    def test_counts_for_the_limits(self, joint: JointBench) -> None:
        waits = joint.asks()
        joint.one(COSIGNED, joint.signed(), ACCOUNTS, cosignature_id=waits["id"])
        assert joint.account("a-ada").day_debited_minor == 100
        assert joint.account("a-ada").day_debits == 1

    def test_is_shown_to_its_maker_as_any_transfer(self, joint: JointBench) -> None:
        waits = joint.asks()
        body = joint.one(COSIGNED, joint.signed(), ACCOUNTS, cosignature_id=waits["id"])[1]
        assert (body["type"], body["description"]) == ("transfer", "rent")
        assert [one["account_id"] for one in body["postings"]] == ["a-ada"]
