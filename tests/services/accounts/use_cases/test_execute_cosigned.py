"""What all signed is booked once, by the request or by the worker, and a refusal is noted."""

import pytest

from services.accounts.use_cases.execute_cosigned import execute_cosigned
from shared.errors import Unavailable
from tests.services.accounts.joint import Joint


@pytest.fixture
def signed(joint: Joint) -> str:
    joint.shared()
    waits = joint.pays()
    joint.sign(joint.ben, waits)
    return waits


class TestExecuteCosigned:
    def test_asks_the_ledger_with_all_who_signed(self, joint: Joint, signed: str) -> None:
        for _ in range(2):
            execute_cosigned(joint.lives.store, joint.lives.ledger, cosignature_id=signed)
        row = joint.row(signed)
        assert (row.status, row.outcome) == ("executed", {"transaction_id": signed})
        [(booked, order)] = joint.lives.neighbours.cosigned.items()
        assert booked == signed
        assert set(order["signed_by"]) == set(joint.owners())
        assert (order["customer_id"], order["amount_minor"]) == (joint.ada.customer_id, 100)
        assert joint.lives.facts().count("cosignature-ended") == 2  # ben's invitation, and this

    def test_notes_a_refusal_for_good(self, joint: Joint, signed: str) -> None:
        joint.lives.neighbours.cosigned_refusal = "transactions.insufficient-funds"
        execute_cosigned(joint.lives.store, joint.lives.ledger, cosignature_id=signed)
        joint.lives.neighbours.cosigned_refusal = None
        execute_cosigned(joint.lives.store, joint.lives.ledger, cosignature_id=signed)
        assert joint.row(signed).outcome == {"code": "transactions.insufficient-funds"}
        assert joint.lives.neighbours.cosigned == {}

    def test_books_once_though_the_answer_is_lost(self, joint: Joint, signed: str) -> None:
        joint.lives.neighbours.lost_answers.add("transactions")
        with pytest.raises(Unavailable):
            execute_cosigned(joint.lives.store, joint.lives.ledger, cosignature_id=signed)
        assert joint.status(signed) == "signed"

    def test_leaves_alone_what_still_waits(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.pays()
        execute_cosigned(joint.lives.store, joint.lives.ledger, cosignature_id=waits)
        assert (joint.status(waits), joint.lives.neighbours.cosigned) == ("waiting", {})
