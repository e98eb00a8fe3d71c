"""A payment that the ledger did not book stands in the inbox of all owners, once."""

from tests.services.accounts.joint import Joint


class TestTakeCosignature:
    def test_writes_it_once_with_its_makers_signature(self, joint: Joint) -> None:
        joint.shared()
        waits = joint.pays()
        joint.pays(cosignature_id=waits)
        row = joint.row(waits)
        assert (row.kind, row.status, row.amount_minor, row.wanted["description"]) == (
            "payment",
            "waiting",
            100,
            "rent",
        )
        assert joint.lives.facts().count("cosignature-requested") == 2  # ben's invitation, and this
        assert joint.sign(joint.ben, waits) == "signed"

    def test_voids_what_others_would_have_to_sign_by_now(self, joint: Joint) -> None:
        assert joint.status(joint.pays()) == "void"  # ada is alone
        joint.shared("either")
        assert joint.status(joint.pays()) == "void"  # each signs alone
        joint.sign(joint.ben, joint.asks_mandate("both"))
        assert joint.status(joint.pays(owners=[str(joint.ada.customer_id)])) == "void"
        assert joint.status(joint.pays()) == "waiting"
