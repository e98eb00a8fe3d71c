"""Begin to open an account: the contract is written as `opening`, and a job will bring it to the ledger.

Who: a customer for themself, staff for a customer. Rule: `domain/account.py`, `domain/product.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from services.accounts.domain.account import CustomerNotVerified, OwnerRequired, check_initial_deposit
from services.accounts.domain.branch import MAIN_BRANCH_ID, UnknownBranch
from services.accounts.domain.customer import CustomerNotFound, KycState
from services.accounts.domain.product import UnknownProduct, choose_currency
from services.accounts.store.account_store import add_account
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.catalogue_queries import product_in_force
from services.accounts.store.customer_queries import visible_customer
from services.accounts.store.life_store import push_later
from services.accounts.store.tables import BranchRow
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.engine import Store


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """What is asked of a new account; None stands for the bank's choice."""

    product: str
    branch_id: str | None = None
    currency: str | None = None
    nickname: str | None = None
    initial_deposit_minor: int | None = None
    """Cash that a desk takes in with the opening, in minor units of the account's currency."""


def begin_opening(
    store: Store, *, caller: Caller, customer_id: str | None, terms: AccountTerms, request: RequestKey
) -> str | Settled:
    """Give the id of a new account in state `opening` (of the same one to a repeat), or the answer already given.

    :raises KeyReused: if the key came with another body
    :raises OwnerRequired: if staff name no customer
    :raises CustomerNotFound: if the customer is missing, not the caller, or of another branch than the desk
    :raises UnknownProduct, CurrencyNotOffered, UnknownBranch: if a term is none of the bank's
    :raises CustomerNotVerified: if the bank does not know the customer well enough
    :raises DepositAtDeskOnly, DepositNeedsChecker: if the initial deposit is not the caller's to take in
    """
    with store.write() as session:
        decided = find_decided(session, request)
        if decided is not None:
            return decided
        owner = _owner_of(caller=caller, customer_id=customer_id)
        check_initial_deposit(caller=caller, amount_minor=terms.initial_deposit_minor)
        customer = visible_customer(session, owner, caller=caller)
        check_terms(session, terms=terms, by_staff=caller.is_staff)
        if customer.kyc_state != KycState.VERIFIED:
            raise CustomerNotVerified(kyc_state=customer.kyc_state)
        account_id = new_id()
        write_opening(session, caller=caller, account_id=account_id, owner=owner, terms=terms, at=bank_now())
        take_key(session, request, object_id=account_id)
    return account_id


def _owner_of(*, caller: Caller, customer_id: str | None) -> str:
    if customer_id is None and caller.customer_id is None:
        raise OwnerRequired
    if customer_id is not None and customer_id != caller.customer_id and not caller.is_staff:
        raise CustomerNotFound
    return customer_id or str(caller.customer_id)


def check_terms(session: Session, *, terms: AccountTerms, by_staff: bool) -> tuple[str, str, int]:
    """Give the branch (the main one unless asked), the currency and the version of the product of a new account.

    :raises UnknownProduct, CurrencyNotOffered, UnknownBranch: if a term is none of the bank's
    """
    product, version = product_in_force(session, terms.product, bank_now().date())
    if not (product.open_to_customers or by_staff):
        raise UnknownProduct(product=terms.product)
    branch = session.get(BranchRow, terms.branch_id or MAIN_BRANCH_ID, with_for_update={"read": True})
    if branch is None or branch.state != "open":
        raise UnknownBranch(branch_id=terms.branch_id)
    return branch.id, choose_currency(product=product, currency=terms.currency), version


def _opening(caller: Caller, terms: AccountTerms) -> dict[str, Any] | None:
    if terms.initial_deposit_minor is None:
        return None
    where = caller.branch_id or MAIN_BRANCH_ID
    return {"amount_minor": terms.initial_deposit_minor, "by": str(caller.user_id), "branch_id": where}


def write_opening(
    session: Session, *, caller: Caller, account_id: str, owner: str, terms: AccountTerms, at: datetime
) -> None:
    """Write the account, its owner, its audit record and the job that brings it to the ledger, in a transaction."""
    branch_id, currency, version = check_terms(session, terms=terms, by_staff=caller.is_staff)
    account = add_account(
        session,
        account_id=account_id,
        owner=owner,
        product=terms.product,
        product_version=version,
        currency=currency,
        branch_id=branch_id,
        nickname=terms.nickname,
        opening=_opening(caller, terms),
        at=at,
    )
    push_later(session, account)
    record_audit(
        session,
        caller=caller,
        command="open-account",
        subject_type="account",
        subject_id=account_id,
        after={"product": terms.product, "currency": currency, "branch_id": branch_id, "owners": [owner]},
    )
