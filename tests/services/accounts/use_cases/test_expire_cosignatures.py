"""What waited too long is over, by the bank's clock."""

from services.accounts.use_cases.expire_cosignatures import expire_cosignatures
from tests.services.accounts.joint import Joint


class TestExpireCosignatures:
    def test_ends_what_is_overdue_and_nothing_else(self, joint: Joint) -> None:
        late, young = joint.invite("nobody@demo.bank"), joint.invite()
        joint.overdue(late)
        for _ in range(2):
            expire_cosignatures(joint.lives.store)
        assert (joint.status(late), joint.status(young)) == ("expired", "waiting")
        assert joint.lives.facts().count("cosignature-ended") == 1
