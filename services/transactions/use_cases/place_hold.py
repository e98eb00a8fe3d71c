"""Set money aside on an account.

Who: the owner, or staff at a desk. Rule: `domain/hold.py`. Says: `HoldPlaced`.
"""

from services.transactions.domain.access import require_mover
from services.transactions.domain.cosignature import require_sole_signature
from services.transactions.domain.disclosure import show_hold
from services.transactions.domain.hold import DEFAULT_LIFE, Hold, place_hold
from services.transactions.domain.journal_entry import require_two_accounts
from services.transactions.domain.ledger_account import PayeeNotFound
from services.transactions.use_cases.cooling import sent_to_new
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs, NewPayeeUse
from services.transactions.use_cases.orders import HoldOrder
from shared.contracts.transactions import HoldPlaced


def needs(order: HoldOrder, context: Context) -> Needs:
    """Read the account, and the payee if one is named."""
    customer_id = context.caller.customer_id
    if order.to_account_number is None:
        return Needs(ids=(order.account_id,))
    asks = context.rules.new_payee_limit_minor is not None and customer_id is not None
    return Needs(
        ids=(order.account_id,), numbers=(order.to_account_number,), payees_of=(customer_id or "",) if asks else ()
    )


def decide(order: HoldOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a hold; its id is the id that the command's entry would have had.

    :raises Refusal: AccountNotFound, CosignatureRequired, PayeeNotFound, SameAccount, CurrencyMismatch, or what
        `place_hold` raises
    """
    payer = require_mover(context.caller, view.account(order.account_id))
    require_sole_signature(context.caller, payer)
    payee = None
    if order.to_account_number is not None:
        payee = view.account_by_number(order.to_account_number)
        if payee is None:
            raise PayeeNotFound("No account of this bank has this number.")
        require_two_accounts(payer, payee)
        payee.require_currency(order.currency)  # else the hold could never be captured for this payee
    hold = place_hold(
        payer=payer,
        limits=context.rules.limits_of(payer),
        business_date=context.business_date,
        hold=Hold(
            id=context.entry_id,
            account_id=payer.id,
            amount_minor=order.amount_minor,
            currency=order.currency,
            created_at=context.booked_at,
            expires_at=order.expires_at or context.booked_at + DEFAULT_LIFE,
            to_account_number=order.to_account_number,
            description=order.description,
        ),
    )
    to_new: tuple[NewPayeeUse, ...] = ()
    if payee is not None:
        to_new = sent_to_new(payer=payer, payee=payee, amount_minor=order.amount_minor, context=context, view=view)
    fact = HoldPlaced(
        hold_id=hold.id,
        account_id=payer.id,
        owners=list(payer.owners),
        amount_minor=hold.amount_minor,
        currency=hold.currency,
    )
    shown = show_hold(hold)
    return Decision(
        status=201, answer=shown, subject_id=hold.id, hold=hold, facts=(fact,), audit_after=_brief(hold), to_new=to_new
    )


def _brief(hold: Hold) -> dict[str, object]:
    return {"account_id": hold.account_id, "amount_minor": hold.amount_minor, "currency": hold.currency}


COMMAND = Command(name="place-hold", order=HoldOrder, needs=needs, decide=decide, subject_type="hold")
