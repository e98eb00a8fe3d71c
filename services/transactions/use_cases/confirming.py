"""The last check of a transfer: has the customer confirmed it, where the rules ask for that?

Rule: `domain/confirmation.py`. The token was read at the door; here it is compared with the command and used up.
"""

from dataclasses import replace
from hashlib import sha256

from services.transactions.use_cases.deciding import Context, Decision, LedgerView
from services.transactions.use_cases.orders import BatchOrder, TransferOrder
from shared.clients.step_up import StepUpSubject, step_up_required
from shared.money import MAX_AMOUNT_MINOR
from shared.store.canonical import canonical_json

TRANSFER = "transfer"
TRANSFER_BATCH = "transfer-batch"


def transfer_subject(order: TransferOrder) -> StepUpSubject:
    """Give what the customer confirms: this amount, from this account, to this payee as the order names them."""
    payee = order.to_account_number or order.to_account_id
    return StepUpSubject(TRANSFER, order.amount_minor, order.currency, order.from_account_id, payee)


def batch_subject(order: BatchOrder) -> StepUpSubject:
    """Give what the customer confirms: these transfers in this order. `payee` is a digest over all that moves money.

    Total, currency and payer are told where the batch has one; the digest binds each single amount and payee anyway.
    """
    moved = [transfer_subject(one).hash for one in order.transfers]
    currencies = {one.currency for one in order.transfers}
    payers = {one.from_account_id for one in order.transfers}
    total = sum(one.amount_minor for one in order.transfers)
    told = len(currencies) == 1 and total <= MAX_AMOUNT_MINOR
    return StepUpSubject(
        action=TRANSFER_BATCH,
        amount_minor=total if told else None,
        currency=currencies.pop() if told else None,
        payer=payers.pop() if len(payers) == 1 else None,
        payee=f"sha256:{sha256(canonical_json([*moved, order.atomic])).hexdigest()}",
    )


def confirmed(decision: Decision, *, subject: StepUpSubject, context: Context, view: LedgerView) -> Decision:
    """Let a decision pass that needs no confirmation, or that the token which came with it approves.

    :raises StepUpRequired: if no good token came, or it approves something else, or was used before
    """
    if not decision.confirms:
        return decision
    token = context.step_up
    if token is None:
        raise step_up_required(subject)
    if not token.approves(subject):
        raise step_up_required(subject, "The step-up token approves something else.")
    if view.is_used(token.token_id):
        raise step_up_required(subject, "This step-up token was used.")
    return replace(decision, step_up_id=token.token_id)
