"""Execute a command of the desk that a second person has approved: once, as its maker asked for it.

Who: the ledger's own job. Rule: the command's own, looked at anew; what waits no more is left as it ended.
Says: what the command says, and `ApprovalEnded`; a refusal ends it as well.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from services.transactions.domain.approval import APPROVED, EXECUTED, FAILED, WaitingCommand
from services.transactions.use_cases import book_deposit, book_withdrawal, reverse_entry
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import Id, Order
from shared.contracts.caller import Caller
from shared.contracts.transactions import ApprovalEnded
from shared.errors import Refusal

COMMANDS: Mapping[str, Command] = {
    "deposit": book_deposit.COMMAND,
    "withdrawal": book_withdrawal.COMMAND,
    "reversal": reverse_entry.COMMAND,
}


class ApprovedOrder(Order):
    """What was frozen, so that what it reads is known before it is decided; the ledger's own row is what counts."""

    command: Literal["deposit", "withdrawal", "reversal"]
    subject_id: Id
    branch_id: Id | None = None
    content: dict[str, Any]


def needs(order: ApprovedOrder, context: Context) -> Needs:
    """Read what the command reads, and the row that says whether it was approved."""
    command = COMMANDS[order.command]
    maker = Caller(user_id=None, roles=frozenset({"teller"}), branch_id=order.branch_id)  # the branch names the cash
    inner = replace(context, caller=maker, path_ids={"transaction_id": order.subject_id})
    found = command.needs(command.order.model_validate(order.content), inner)
    return replace(found, approval_ids=(context.path_ids["approval_id"],))


def decide(order: ApprovedOrder, context: Context, view: LedgerView) -> Decision:
    """Decide the command as if its maker asked for it now; what is not approved, or over, changes nothing."""
    approval_id = context.path_ids["approval_id"]
    row = view.waiting(approval_id)
    if row is None or row.state != APPROVED or row.decided_by in (None, row.made_by) or not _is_same(order, row):
        state = "unknown" if row is None else row.state
        return Decision(status=200, answer={"id": approval_id, "status": state}, subject_id=approval_id)
    command = COMMANDS[row.command]
    inner = replace(context, caller=row.maker, path_ids={"transaction_id": row.subject_id}, approval=row)
    try:
        done = command.decide(command.order.model_validate(row.content), inner, view)
    except Refusal as refusal:
        return _ended(row, replace(row, state=FAILED, refusal=refusal.code), {"code": refusal.code})
    ended = _ended(row, replace(row, state=EXECUTED, entry_id=done.subject_id), {"id": done.subject_id})
    return replace(
        done,
        status=200,
        answer=ended.answer,
        waiting=(*done.waiting, *ended.waiting),
        facts=(*done.facts, *ended.facts),
        audit_after={"approval_id": row.id, "made_by": row.made_by, "decided_by": row.decided_by},
    )


def _is_same(order: ApprovedOrder, row: WaitingCommand) -> bool:
    asked = (order.command, order.subject_id, order.branch_id, order.content)
    return asked == (row.command, row.subject_id, row.maker_branch_id, row.content)


def _ended(row: WaitingCommand, now: WaitingCommand, outcome: dict[str, str]) -> Decision:
    status: Literal["executed", "failed"] = "executed" if now.state == EXECUTED else "failed"
    return Decision(
        status=200,
        answer={"id": row.id, "status": now.state, "outcome": outcome},
        subject_id=row.id,
        subject_type="approval",
        waiting=(now,),
        facts=(ApprovalEnded(approval_id=row.id, status=status, outcome=outcome),),
        before={"status": row.state},
        audit_after={"status": now.state, "made_by": row.made_by, "decided_by": row.decided_by, **outcome},
        reason="approved by a second person",
    )


COMMAND = Command(name="execute-approved", order=ApprovedOrder, needs=needs, decide=decide, subject_type="entry")
