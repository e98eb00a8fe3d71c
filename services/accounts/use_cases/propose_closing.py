"""Propose a closing whose payout is more than one person at a desk may order alone.

Who: staff; the ledger has just said how much there is to pay out. Rule: the table `approval_rules`. An owner's own
closing needs nobody else.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from services.accounts.domain.approval import ApprovalRule
from services.accounts.store.account_queries import visible_account
from services.accounts.store.approval_store import Proposal, pending_of, rule_for
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.close_account import ClosingOrder
from services.accounts.use_cases.propose import propose
from shared.contracts.caller import Caller
from shared.errors import Conflict
from shared.store.engine import Store

PAYOUT_OVER_LIMIT = "transactions.payout-over-limit"
_COMMAND = "close-account"


class RuleChanged(Conflict):
    """The rule that asked for a second person is gone since."""

    code = "accounts.rule-changed"
    title = "The rule of approval was changed meanwhile"
    next_step = "Close the account once more."


def payout_limit(store: Store, *, caller: Caller) -> int | None:
    """Give how much may be paid out with a closing without a second person, in minor units; None: any amount."""
    if not caller.is_staff:
        return None
    with store.read() as session:
        rule: ApprovalRule | None = rule_for(session, _COMMAND, amount_minor=None)
    return None if rule is None else rule.above_minor or 0


def propose_closing(
    session: Session, *, caller: Caller, account_id: str, order: ClosingOrder, numbers: Mapping[str, Any]
) -> ApprovalRow:
    """Write the request to close, or give the one that the caller made before, in a write transaction.

    :raises RuleChanged: if it needs no second person any more
    """
    account = visible_account(session, account_id, caller=caller)
    for known in pending_of(session, "account", account_id):
        if known.command == _COMMAND and known.made_by == caller.user_id:
            return known
    amount = int(numbers["booked_minor"])
    proposal = Proposal(
        _COMMAND,
        {"account_id": account_id, "payout_account_id": order.payout_account_id},
        "account",
        account_id,
        subject_version=account.version,
        before={"status": account.status, "payout_account_id": None},
        after={"status": "closed", "payout_account_id": order.payout_account_id},
        amount_minor=amount,
        currency=account.currency,
        reason=order.reason,
    )
    row = propose(session, caller=caller, proposal=proposal, command=lambda: None)
    if not isinstance(row, ApprovalRow):
        raise RuleChanged
    return row
