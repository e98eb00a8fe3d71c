"""Decide how far the bank knows a customer: applied → verifying → verified with a level, or rejected with a reason.

Who: an officer or supervisor, never for themself. Rule: `domain/customer.py`. The level goes to the ledger with the
contracts of all the customer's accounts, where it caps limits. Whoever is verified gets the account that they asked
for when they joined. Says: `CustomerKycChanged`.
"""

from contextlib import suppress

from sqlmodel import Session, col, select

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.branch import UnknownBranch
from services.accounts.domain.customer import KycState, kyc_level_after
from services.accounts.domain.edit import changes_between
from services.accounts.domain.product import CurrencyNotOffered, UnknownProduct
from services.accounts.store.customer_queries import active_customer
from services.accounts.store.customer_store import add_customer_edits
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountOwnerRow, AccountRow, CustomerRow
from services.accounts.use_cases.activate_customer import first_account_id
from services.accounts.use_cases.begin_opening import AccountTerms, write_opening
from shared.clock import bank_now
from shared.contracts.accounts import CustomerKycChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def decide_kyc(
    session: Session, *, caller: Caller, customer_id: str, state: str, level: int | None, reason: str | None
) -> CustomerRow:
    """Take a step in the current write transaction and give the customer; the contracts follow by jobs.

    :raises CustomerNotFound: if there is no such customer
    :raises KycStep, KycIncomplete: as `kyc_level_after`
    """
    row = active_customer(session, customer_id)
    after = kyc_level_after(state=row.kyc_state, wanted=state, level=level, present=row.kyc_level, reason=reason)
    wanted = {"kyc_state": str(KycState(state)), "kyc_level": after}
    changes = changes_between(before={"kyc_state": row.kyc_state, "kyc_level": row.kyc_level}, wanted=wanted)
    at = bank_now()
    row.kyc_state, row.kyc_level, row.updated_at = str(KycState(state)), after, at
    row.version += 1
    session.add(row)
    add_customer_edits(session, customer_id, changes=changes, by=str(caller.user_id), note=reason, at=at)
    if any(change.field == "kyc_level" for change in changes):
        push_contracts_of(session, customer_id)
    if row.kyc_state == KycState.VERIFIED and row.wanted_account is not None:
        _open_wanted(session, caller, row)
    append_facts(session, CustomerKycChanged(customer_id=customer_id, kyc_state=row.kyc_state, kyc_level=after))
    record_audit(
        session,
        caller=caller,
        command="decide-kyc",
        subject_type="customer",
        subject_id=customer_id,
        before={change.field: change.old for change in changes},
        after={change.field: change.new for change in changes},
        reason=reason,
    )
    session.flush()
    return row


def _open_wanted(session: Session, caller: Caller, row: CustomerRow) -> None:
    """Begin to open the account of the registration, unless the bank no longer offers it: then they choose another."""
    terms, row.wanted_account = AccountTerms(**(row.wanted_account or {})), None
    with suppress(UnknownProduct, CurrencyNotOffered, UnknownBranch):
        account_id = first_account_id(row.id)
        write_opening(session, caller=caller, account_id=account_id, owner=row.id, terms=terms, at=bank_now())


def push_contracts_of(session: Session, customer_id: str) -> None:
    """Let the ledger know of a customer anew, by the contracts of all accounts that live."""
    query = select(AccountRow).join(AccountOwnerRow, col(AccountOwnerRow.account_id) == AccountRow.id)
    living = query.where(AccountOwnerRow.customer_id == customer_id, AccountRow.status != AccountStatus.CLOSED)
    for account in session.exec(living.order_by(col(AccountRow.id)).with_for_update()).all():
        # What is closing gets no other contract: a closing is pushed as it was written, or refused first.
        if account.status != AccountStatus.CLOSING:
            change_contract(session, account)
