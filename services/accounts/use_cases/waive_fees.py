"""Waive fees of one account, or charge them again.

Who: an officer or supervisor, with a reason. Only what the product's terms let be waived. The contract brings it to the
ledger, whose end of day charges fees. Says: `AccountChanged`.
"""

from collections.abc import Collection

from sqlmodel import Session

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.account_life import AccountNotOpen, require_at_rest
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.product import require_waivable
from services.accounts.store.account_queries import life_state, visible_account
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.catalogue_queries import terms_of_version
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow
from shared.clock import bank_now
from shared.contracts.accounts import AccountChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def waive_fees(session: Session, *, caller: Caller, account_id: str, kinds: Collection[str], reason: str) -> AccountRow:
    """Let exactly these kinds of fee be waived from now on, in the current write transaction, and give the account.

    :raises AccountNotFound: if there is none that the caller sees
    :raises AccountInTransition, AccountNotOpen: if it is closed or on its way
    :raises FeeNotWaivable: if the product does not have such a fee, or does not let it be waived
    """
    account = visible_account(session, account_id, caller=caller)
    require_at_rest(life_state(account))
    if account.status == AccountStatus.CLOSED:
        raise AccountNotOpen(account_status=account.status)
    product = terms_of_version(session, account.product, account.product_version)
    wanted = sorted(set(kinds))
    require_waivable(product, wanted, currency=account.currency)
    before = list(account.waived_fees)
    if wanted == before:
        return account
    account.waived_fees = wanted
    account.version += 1
    change_contract(session, account)
    changes = [FieldChange("waived_fees", before, wanted)]
    add_account_edits(session, account_id, changes=changes, by=str(caller.user_id), note=reason, at=bank_now())
    append_facts(session, AccountChanged(account_id=account_id, fields=["waived_fees"]))
    record_audit(
        session,
        caller=caller,
        command="waive-fees",
        subject_type="account",
        subject_id=account_id,
        before={"waived_fees": before},
        after={"waived_fees": wanted},
        reason=reason,
    )
    session.flush()
    return account
