"""Change who owns an account, or how they sign, once all have signed it.

Who: the signing. Rule: `domain/ownership.py`. The contract brings it to the ledger, by the request or by its job; what
waits for an approval or for signatures about the account is void. Says: `AccountOwnersChanged`, and
`RelationshipEnded` of an owner whose last account it was.
"""

from sqlmodel import Session

from services.accounts.domain.account import CustomerNotVerified
from services.accounts.domain.customer import KycState
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.ownership import mandate_among, require_addable, require_removable, require_steady
from services.accounts.store.account_queries import life_state, owners_of
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.customer_queries import active_customer
from services.accounts.store.life_store import change_contract, end_relationship
from services.accounts.store.tables import AccountOwnerRow, AccountRow
from services.accounts.use_cases.propose import void_proposals
from services.accounts.use_cases.void_cosignatures import void_cosignatures
from shared.clock import bank_now
from shared.contracts.accounts import AccountOwnersChanged, RelationshipEnded
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def add_owner(session: Session, *, caller: Caller, account: AccountRow, customer_id: str, mandate: str) -> None:
    """Make a customer an owner, in the current write transaction.

    :raises AccountInTransition, AccountNotOpen: if its owners cannot change now
    :raises AlreadyOwner, TooManyOwners, CustomerNotVerified: if they cannot become one
    """
    require_steady(life_state(account))
    before = owners_of(session, account.id)
    require_addable(before, customer_id)
    customer = active_customer(session, customer_id)
    if customer.kyc_state != KycState.VERIFIED:
        raise CustomerNotVerified(kyc_state=customer.kyc_state)
    session.add(AccountOwnerRow(account_id=account.id, customer_id=customer_id))
    _change(session, caller, account, before, mandate)


def drop_owner(session: Session, *, caller: Caller, account: AccountRow, customer_id: str) -> None:
    """Let an owner leave, in the current write transaction; who is left alone signs alone.

    :raises AccountInTransition, AccountNotOpen, OwnerNotFound, LastOwner: if that cannot be
    """
    require_steady(life_state(account))
    before = owners_of(session, account.id)
    require_removable(before, customer_id)
    session.delete(session.get_one(AccountOwnerRow, (account.id, customer_id)))
    _change(session, caller, account, before, account.mandate)
    ended = end_relationship(session, customer_id, at=bank_now())
    if ended is not None:
        append_facts(session, RelationshipEnded(customer_id=ended.id, user_id=str(ended.user_id)))


def put_mandate(session: Session, *, caller: Caller, account: AccountRow, mandate: str) -> None:
    """Let the owners sign alone, or together, in the current write transaction.

    :raises AccountInTransition, AccountNotOpen: if that cannot change now
    """
    require_steady(life_state(account))
    _change(session, caller, account, owners_of(session, account.id), mandate)


def _change(session: Session, caller: Caller, account: AccountRow, before: list[str], mandate: str) -> None:
    session.flush()
    owners, signed = owners_of(session, account.id), account.mandate
    account.mandate = mandate_among(owners, wanted=mandate).value
    account.version += 1
    change_contract(session, account)
    void_proposals(session, caller=caller, subject_type="account", subject_id=account.id)
    void_cosignatures(session, caller=caller, account_id=account.id)
    changed = [FieldChange("owners", before, owners), FieldChange("mandate", signed, account.mandate)]
    changes = [one for one in changed if one.old != one.new]
    add_account_edits(session, account.id, changes=changes, by=str(caller.user_id), note=None, at=bank_now())
    append_facts(session, AccountOwnersChanged(account_id=account.id, owners=owners, mandate=account.mandate))
    record_audit(
        session,
        caller=caller,
        command="change-owners",
        subject_type="account",
        subject_id=account.id,
        before={"owners": before, "mandate": signed},
        after={"owners": owners, "mandate": account.mandate},
    )
    session.flush()
