"""The very last check of a customer's transfer: it waits for the other owners, where the account is for all to sign.

Rule: `domain/cosignature.py`. `accounts` owns the inbox and keeps the order. Says: `CosignatureNeeded`; nothing is
booked meanwhile.
"""

from services.transactions.domain.cosignature import SIGNING_LIFE, signs_alone
from services.transactions.use_cases.deciding import Context, Decision, LedgerView
from services.transactions.use_cases.orders import TransferOrder
from shared.clock import format_time
from shared.contracts.transactions import CosignatureNeeded

WAITING = "waiting"


def cosigned(decision: Decision, *, order: TransferOrder, context: Context, view: LedgerView) -> Decision:
    """Give the decision, or what waits in its place; a step-up that came with the order is used up either way."""
    payer, entry = view.account(order.from_account_id), decision.entry
    if payer is None or entry is None or signs_alone(context.caller, payer):
        return decision
    expires_at = format_time(context.booked_at + SIGNING_LIFE)
    fact = CosignatureNeeded(
        cosignature_id=context.entry_id,
        account_id=payer.id,
        made_by=str(context.caller.user_id),
        customer_id=str(context.caller.customer_id),
        owners=list(payer.owners),
        payee_account_id=entry.payee_account_id,
        amount_minor=order.amount_minor,
        currency=order.currency,
        description=order.description,
        confirmed=decision.step_up_id is not None,
        made_at=format_time(context.booked_at),
        expires_at=expires_at,
    )
    return Decision(
        status=202,
        answer={"cosignature": {"id": context.entry_id, "status": WAITING, "expires_at": expires_at}},
        subject_id=context.entry_id,
        subject_type="cosignature",
        facts=(fact,),
        step_up_id=decision.step_up_id,
        audit_after={
            "account_id": payer.id,
            "payee_account_id": entry.payee_account_id,
            "amount_minor": order.amount_minor,
            "currency": order.currency,
        },
    )
