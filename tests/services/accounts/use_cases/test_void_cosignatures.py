"""A change of the account voids what waits for signatures about it, and nothing about others."""

from services.accounts.use_cases.close_account import ClosingOrder, begin_closing
from tests.services.accounts.conftest import TESS
from tests.services.accounts.joint import Joint


class TestVoidCosignatures:
    def test_comes_with_a_closing_at_the_desk(self, joint: Joint) -> None:
        joint.shared()
        waits, payment, signed = joint.invite("cleo@demo.bank"), joint.pays(), joint.pays()
        joint.sign(joint.ben, signed)
        other, joint.account_id = joint.account_id, joint.lives.open(joint.cleo)
        elsewhere = joint.invite(by=joint.cleo)
        with joint.lives.store.write() as session:
            begin_closing(session, caller=TESS, account_id=other, order=ClosingOrder("at the desk"))
        assert [joint.status(one) for one in (waits, payment, signed, elsewhere)] == [
            "void",
            "void",
            "signed",
            "waiting",
        ]
