"""The end of what waited is written down, told, and put right if the ledger refuses the closing."""

from services.accounts.use_cases.ask_cosignature import ask_closing
from services.accounts.use_cases.close_account import ClosingOrder
from shared.store.audit_queries import AuditFilter, list_audit
from tests.services.accounts.joint import Joint


class TestEndCosignature:
    def test_is_in_the_audit_trail(self, joint: Joint) -> None:
        waits = joint.invite()
        joint.refuse(joint.ben, waits)
        with joint.lives.store.read() as session:
            [last] = list_audit(session, AuditFilter(), below=None, limit=1)
        assert (last["command"], last["subject_id"], last["after"]) == ("end-cosignature", waits, {"status": "refused"})


class TestAClosingThatTheLedgerRefuses:
    def test_has_failed_though_all_signed(self, joint: Joint) -> None:
        joint.shared()
        joint.lives.neighbours.balances[joint.account_id] = 5
        with joint.lives.store.write() as session:
            waits = ask_closing(session, caller=joint.ada, account_id=joint.account_id, order=ClosingOrder()).id
        joint.sign(joint.ben, waits)
        joint.lives.work(joint.account_id)
        row = joint.row(waits)
        assert (row.status, row.outcome) == ("failed", {"code": "transactions.account-not-empty"})
        assert joint.lives.row(joint.account_id).status == "open"
