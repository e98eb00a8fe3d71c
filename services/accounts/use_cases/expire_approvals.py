"""Let requests expire that waited too long, by the bank's clock. Who: the worker. Says: `ApprovalDecided`."""

from services.accounts.domain.approval import ApprovalStatus
from services.accounts.store.approval_store import overdue
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

_AT_ONCE = 200


def expire_approvals(store: Store) -> None:
    """Mark what waited too long as expired; its service forgets the command."""
    with store.write() as session:
        at = bank_now()
        for row in overdue(session, at=at, limit=_AT_ONCE):
            row.status, row.decided_at = ApprovalStatus.EXPIRED, at
            session.add(row)
            append_facts(
                session,
                ApprovalDecided(
                    approval_id=row.id, service=row.service, decision="expired", decided_by=None, made_by=row.made_by
                ),
            )
            record_audit(
                session,
                caller=Caller.for_service("accounts"),
                command="expire-approval",
                subject_type="approval",
                subject_id=row.id,
                after={"status": row.status},
            )
