"""Activate a customer whose login exists, and begin to open the account they asked for with it.

Who: the registration's saga, or the worker that ends it. Where customers are not verified at once the account waits
as a wish until the bank knows them (`decide_kyc`). Says: `CustomerRegistered`.
"""

from dataclasses import asdict

from services.accounts.domain.customer import AlreadyRegistered, CustomerStatus, KycState
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms, write_opening
from shared.clock import bank_now
from shared.contracts.accounts import CustomerRegistered
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.ids import derived_id
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

SANDBOX_KYC_LEVEL = 2


def first_account_id(customer_id: str) -> str:
    """Give the id that the account of a registration has, however often the registration is resumed."""
    return derived_id("account", customer_id, "registration")


def activate_customer(
    store: Store,
    *,
    customer_id: str,
    attempt: int,
    user_id: str,
    account: AccountTerms | None,
    verified_at_once: bool,
) -> str | None:
    """Make a pending customer active and give the id of their opening account, if they wanted one and are verified.

    The same attempt may be activated twice: the second time changes nothing.

    :raises AlreadyRegistered: if another registration of the same person was faster
    :raises Unavailable: if another one is under way
    """
    account_id = first_account_id(customer_id) if account and verified_at_once else None
    with store.write() as session:
        row = session.get_one(CustomerRow, customer_id)
        if row.status == CustomerStatus.ACTIVE:
            if row.version != attempt:
                raise AlreadyRegistered
            return account_id
        if row.version != attempt:
            raise Unavailable("Another registration of this person is under way.", retry_after_seconds=1)
        at = bank_now()
        row.user_id, row.status, row.updated_at = user_id, CustomerStatus.ACTIVE, at
        if verified_at_once:
            row.kyc_state, row.kyc_level = KycState.VERIFIED, SANDBOX_KYC_LEVEL
        row.wanted_account = asdict(account) if account and not verified_at_once else None
        session.add(row)
        session.flush()
        caller = Caller(user_id=user_id, customer_id=customer_id, roles=frozenset({"customer"}))
        append_facts(session, CustomerRegistered(customer_id=customer_id, user_id=user_id, branch_id=row.branch_id))
        record_audit(
            session,
            caller=caller,
            command="register-customer",
            subject_type="customer",
            subject_id=customer_id,
            before={"status": CustomerStatus.PENDING.value},
            after={"status": CustomerStatus.ACTIVE.value, "kyc_state": row.kyc_state, "kyc_level": row.kyc_level},
        )
        if account is not None and account_id is not None:
            write_opening(session, caller=caller, account_id=account_id, owner=customer_id, terms=account, at=at)
        return account_id
