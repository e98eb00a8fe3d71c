"""Refusing: anybody who has to sign ends it."""

import pytest

from services.accounts.domain.cosignature import CosignatureDecided, CosignatureNotFound
from tests.services.accounts.joint import Joint


class TestRefuseCosignature:
    def test_ends_it_for_everybody(self, joint: Joint) -> None:
        waits = joint.invite()
        with pytest.raises(CosignatureNotFound):
            joint.refuse(joint.cleo, waits)
        assert joint.refuse(joint.ben, waits) == "refused"
        row = joint.row(waits)
        assert (row.decided_by, row.note) == (joint.ben.customer_id, "no")
        with pytest.raises(CosignatureDecided):
            joint.sign(joint.ben, waits)
        assert joint.lives.facts()[-1] == "cosignature-ended"

    def test_is_also_its_makers(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.pays()
        assert joint.refuse(joint.ada, waits) == "refused"
        with pytest.raises(CosignatureDecided):
            joint.refuse(joint.ben, waits)

    def test_comes_too_late_after_the_last_signature(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.pays()
        joint.sign(joint.ben, waits)
        with pytest.raises(CosignatureDecided) as late:
            joint.refuse(joint.ada, waits)
        assert late.value.numbers == {"cosignature_status": "signed"}
