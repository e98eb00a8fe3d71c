"""The very last check of a large command of the desk: it waits for a second person, where a rule asks for one.

Rule: `domain/approval.py`, as data in `domain/bank_rules.py`. Says: `ApprovalNeeded`; nothing is booked meanwhile.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.transactions.domain.approval import PENDING, VOID, ApprovalRule, WaitingCommand
from services.transactions.use_cases.deciding import Context, Decision, LedgerView
from services.transactions.use_cases.orders import Order
from shared.clock import format_time
from shared.contracts.transactions import ApprovalEnded, ApprovalNeeded
from shared.money import Money


def checked(
    decision: Decision,
    *,
    command: str,
    order: Order,
    amount: Money,
    subject: tuple[str, str],
    context: Context,
    change: tuple[dict[str, Any], dict[str, Any]],
    asked: bool = False,
    reason: str | None = None,
) -> Decision:
    """Give the decision, or what waits in its place: with a rule that asks, or where the maker `asked` for a checker.

    `subject` is type and id of what the command is about, `change` what is of it and what
    would be, as the checker sees it.
    """
    rule = context.rules.approvals.get(command)
    if context.approval is not None or rule is None or not (asked or rule.asks(context.caller, amount.amount_minor)):
        return decision
    waits = _waiting(rule, command, order, amount, subject, context)
    return Decision(
        status=202,
        answer={"approval": {"id": waits.id, "status": PENDING, "expires_at": format_time(waits.expires_at)}},
        subject_id=waits.id,
        subject_type="approval",
        waiting=(waits,),
        facts=(_needed(waits, change, reason),),
        audit_after={
            "command": command,
            "subject": list(subject),
            "amount_minor": waits.amount_minor,
            "currency": waits.currency,
        },
        reason=reason,
    )


def _waiting(
    rule: ApprovalRule, command: str, order: Order, amount: Money, subject: tuple[str, str], context: Context
) -> WaitingCommand:
    return WaitingCommand(
        id=context.entry_id,
        command=command,
        state=PENDING,
        content=order.model_dump(mode="json"),
        made_by=str(context.caller.user_id),
        maker_roles=sorted(context.caller.roles),
        maker_branch_id=context.caller.branch_id,
        subject_type=subject[0],
        subject_id=subject[1],
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        checkers=list(rule.checkers),
        made_at=context.booked_at,
        expires_at=context.booked_at + timedelta(hours=rule.hours),
    )


def _needed(waits: WaitingCommand, change: tuple[dict[str, Any], dict[str, Any]], reason: str | None) -> ApprovalNeeded:
    return ApprovalNeeded(
        approval_id=waits.id,
        command=waits.command,
        made_by=waits.made_by,
        subject_type=waits.subject_type,
        subject_id=waits.subject_id,
        branch_id=waits.maker_branch_id,
        before=change[0],
        after=change[1],
        amount_minor=waits.amount_minor,
        currency=waits.currency,
        reason=reason,
        checkers=waits.checkers,
        made_at=format_time(waits.made_at),
        expires_at=format_time(waits.expires_at),
    )


def voided(
    view: LedgerView, subject_id: str, *, but: WaitingCommand | None = None
) -> tuple[tuple[WaitingCommand, ...], tuple[ApprovalEnded, ...]]:
    """Give what waits about a subject as void, since that is being changed, with the facts that say so.

    `but` is the command that changes it, if that waited itself.
    """
    others = [one for one in view.waiting_on(subject_id) if but is None or one.id != but.id]
    waits = tuple(replace(one, state=VOID) for one in others)
    return waits, tuple(ApprovalEnded(approval_id=one.id, status="void", outcome={"id": subject_id}) for one in waits)
