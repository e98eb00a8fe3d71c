"""Propose a command of this service: do it at once, or keep it word for word until a second person has approved it.

Who: whoever may ask for the command. Rule: the table `approval_rules`, `domain/approval.py`.
Says: `ApprovalRequested`, if it waits.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from services.accounts.domain.approval import ApprovalStatus
from services.accounts.store.approval_store import Proposal, add_proposal, pending_of, rule_for
from services.accounts.store.tables import ApprovalRow
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalDecided, ApprovalRequested
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def propose(session: Session, *, caller: Caller, proposal: Proposal, command: Callable[[], Any]) -> ApprovalRow | Any:
    """Give the request if a rule asks for a second person, else what the command gave. In a write transaction.

    The caller has checked before that the command would not be refused.
    """
    rule = rule_for(session, proposal.command, amount_minor=proposal.amount_minor)
    if rule is None:
        return command()
    row = add_proposal(session, proposal, rule=rule, caller=caller, at=bank_now())
    append_facts(
        session,
        ApprovalRequested(
            approval_id=row.id,
            service="accounts",
            command=row.command,
            made_by=row.made_by,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            checkers=tuple(row.checkers),
        ),
    )
    record_audit(
        session,
        caller=caller,
        command=f"propose-{proposal.command}",
        subject_type="approval",
        subject_id=row.id,
        after={"subject": [row.subject_type, row.subject_id], "wanted": row.after},
        reason=row.reason,
    )
    return row


def void_proposals(session: Session, *, caller: Caller, subject_type: str, subject_id: str) -> None:
    """Void what waits for an approval of an object that is being edited: it was asked for on an older one."""
    for row in pending_of(session, subject_type, subject_id):
        row.status, row.decided_at = ApprovalStatus.VOID, bank_now()
        session.add(row)
        append_facts(
            session,
            ApprovalDecided(
                approval_id=row.id, service=row.service, decision="void", decided_by=None, made_by=row.made_by
            ),
        )
        record_audit(
            session,
            caller=caller,
            command="void-approval",
            subject_type="approval",
            subject_id=row.id,
            after={"status": row.status},
        )
