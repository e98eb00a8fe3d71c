"""Give a hold back.

Who: the owner, or staff at a desk. Rule: `domain/hold.py`. Says: `HoldReleased`.
"""

from services.transactions.domain.access import DESK_ROLES, owns
from services.transactions.domain.disclosure import show_hold
from services.transactions.domain.hold import HoldNotFound, release_hold
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import ReleaseOrder
from shared.contracts.transactions import HoldReleased


def needs(order: ReleaseOrder, context: Context) -> Needs:
    """Read the hold with its account."""
    return Needs(hold_ids=(context.path_ids["hold_id"],))


def decide(order: ReleaseOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a release.

    :raises Refusal: HoldNotFound, HoldNotHeld
    """
    hold = view.hold(context.path_ids["hold_id"])
    account = view.account(hold.account_id) if hold else None
    if hold is None or account is None or not (owns(context.caller, account) or context.caller.has(*DESK_ROLES)):
        raise HoldNotFound("There is no hold with this id that you may use.")
    after = release_hold(hold=hold, now=context.booked_at)
    fact = HoldReleased(
        hold_id=hold.id,
        account_id=account.id,
        owners=list(account.owners),
        amount_minor=hold.open_minor,
        currency=hold.currency,
    )
    return Decision(
        status=200,
        answer=show_hold(after),
        subject_id=hold.id,
        hold=after,
        facts=(fact,),
        before={"status": hold.status, "open_minor": hold.open_minor},
        audit_after={"status": after.status, "open_minor": after.open_minor},
        reason=order.reason,
    )


COMMAND = Command(name="release-hold", order=ReleaseOrder, needs=needs, decide=decide, subject_type="hold")
