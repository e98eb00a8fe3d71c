"""Ask the owners of an account to sign together: their change of owners, of how they sign, or the closing.

Who: an owner, whose own signature comes with the wish. Rule: `domain/cosignature.py`, `domain/ownership.py`.
An invitation is answered alike whether the address is a customer's. Says: `CosignatureRequested`.
"""

from sqlmodel import Session, select

from services.accounts.domain.cosignature import (
    MOST_WAITING,
    SIGNING_LIFE,
    CosignatureKind,
    CosignatureWaiting,
    TooManyCosignatures,
)
from services.accounts.domain.customer import CustomerStatus
from services.accounts.domain.ownership import (
    AlreadyOwner,
    require_addable,
    require_other_mandate,
    require_removable,
    require_steady,
    signs_together,
)
from services.accounts.store.account_queries import life_state, owners_of, visible_account
from services.accounts.store.cosignature_store import Signing, Wish, add_cosignature, hold_account, waiting_of
from services.accounts.store.tables import AccountRow, CosignatureRow, CustomerRow
from services.accounts.use_cases.close_account import ClosingOrder, check_closing
from shared.clock import bank_now
from shared.contracts.accounts import CosignatureRequested
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def invite_owner(
    session: Session, *, caller: Caller, account_id: str, email: str, mandate: str | None
) -> CosignatureRow:
    """Ask for one more owner, who then signs like the others or as `mandate` says, in the current transaction.

    :raises AccountNotFound: if the account is missing or another customer's
    :raises AccountInTransition, AccountNotOpen: if its owners cannot change now
    :raises AlreadyOwner: if the address is the caller's own
    :raises TooManyOwners, CosignatureWaiting, TooManyCosignatures: if there is no room for it
    """
    account = _steady_account(session, caller, account_id)
    require_addable(owners_of(session, account_id))
    own = session.get_one(CustomerRow, str(caller.customer_id))
    if own.email == email:
        raise AlreadyOwner
    wanted = mandate or account.mandate
    wish = Wish(CosignatureKind.ADD_OWNER, {"mandate": wanted}, invited_email=email)
    return _ask(session, caller, account, wish)


def remove_owner(session: Session, *, caller: Caller, account_id: str, customer_id: str) -> CosignatureRow:
    """Ask that an owner leaves, perhaps the caller; that one signs as well.

    :raises AccountNotFound, AccountInTransition, AccountNotOpen, CosignatureWaiting, TooManyCosignatures: as above
    :raises OwnerNotFound, LastOwner: if they cannot leave
    """
    account = _steady_account(session, caller, account_id)
    require_removable(owners_of(session, account_id), customer_id)
    return _ask(session, caller, account, Wish(CosignatureKind.REMOVE_OWNER, {"customer_id": customer_id}))


def change_mandate(session: Session, *, caller: Caller, account_id: str, mandate: str) -> CosignatureRow:
    """Ask that the owners sign alone, or all together.

    :raises AccountNotFound, AccountInTransition, AccountNotOpen, CosignatureWaiting, TooManyCosignatures: as above
    :raises SingleOwner, MandateUnchanged: if there is nothing to change
    """
    account = _steady_account(session, caller, account_id)
    require_other_mandate(owners_of(session, account_id), present=account.mandate, wanted=mandate)
    return _ask(session, caller, account, Wish(CosignatureKind.CHANGE_MANDATE, {"mandate": mandate}))


def ask_closing(session: Session, *, caller: Caller, account_id: str, order: ClosingOrder) -> CosignatureRow:
    """Ask to close an account on which all sign together.

    :raises Refusal: what `check_closing` raises, CosignatureWaiting, TooManyCosignatures
    """
    account = check_closing(session, caller=caller, account_id=account_id, order=order)
    arguments = {"payout_account_id": order.payout_account_id, "reason": order.reason}
    return _ask(session, caller, account, Wish(CosignatureKind.CLOSE_ACCOUNT, arguments))


def needs_cosigners(session: Session, *, caller: Caller, account_id: str) -> bool:
    """Tell whether what the caller wants of an account needs the other owners; a desk does not ask them.

    :raises AccountNotFound: if it is missing or another customer's
    """
    account = visible_account(session, account_id, caller=caller)
    return not caller.is_staff and signs_together(mandate=account.mandate, owners=owners_of(session, account_id))


def _steady_account(session: Session, caller: Caller, account_id: str) -> AccountRow:
    visible_account(session, account_id, caller=caller)
    account = hold_account(session, account_id)
    require_steady(life_state(account))
    return account


def _ask(session: Session, caller: Caller, account: AccountRow, wish: Wish) -> CosignatureRow:
    _require_room(session, account, wish)
    at = bank_now()
    owners = owners_of(session, account.id)
    signing = Signing(str(caller.user_id), str(caller.customer_id), owners, at, at + SIGNING_LIFE)
    row = add_cosignature(session, new_id(), account_id=account.id, wish=wish, signing=signing)
    signers = [one for one in (*owners, *_invited(session, wish)) if one != caller.customer_id]
    append_facts(
        session,
        CosignatureRequested(
            cosignature_id=row.id, kind=row.kind, account_id=account.id, made_by=row.maker_id, signers=signers
        ),
    )
    record_audit(
        session,
        caller=caller,
        command=f"ask-{wish.kind}",
        subject_type="cosignature",
        subject_id=row.id,
        after={"account_id": account.id, **wish.arguments},
    )
    return row


def _invited(session: Session, wish: Wish) -> list[str]:
    """Give who has the address, so that they hear of it; nobody whom the caller could tell from somebody."""
    query = select(CustomerRow.id).where(
        CustomerRow.email == (wish.invited_email or ""), CustomerRow.status == CustomerStatus.ACTIVE
    )
    return list(session.exec(query))


def _require_room(session: Session, account: AccountRow, wish: Wish) -> None:
    waits = [one for one in waiting_of(session, account.id) if one.kind != CosignatureKind.PAYMENT]
    if len(waits) >= MOST_WAITING:
        raise TooManyCosignatures(most_waiting=MOST_WAITING)
    for one in waits:
        same = (one.kind, one.wanted.get("customer_id"), one.invited_email)
        if same == (wish.kind, wish.arguments.get("customer_id"), wish.invited_email):
            raise CosignatureWaiting(cosignature_id=one.id)
