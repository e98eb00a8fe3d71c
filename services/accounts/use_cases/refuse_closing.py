"""Note that the ledger refuses to close an account: it has money, holds or orders, or the payout cannot be booked.

Who: the saga that pushed the closing contract. A newer contract, without the closing, goes to the ledger, so that a
late repeat of the refused one can no longer close the account; then the account is again what it was.
"""

from typing import Any

from services.accounts.domain.account import AccountStatus
from services.accounts.store.account_queries import account_row
from services.accounts.store.life_store import change_contract
from services.accounts.use_cases.end_cosignature import note_closing_refused
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store


def refuse_closing(store: Store, *, account_id: str, version: int, code: str, numbers: dict[str, Any]) -> None:
    """Keep the ledger's refusal of the contract of this version; a second time changes nothing."""
    with store.write() as session:
        account = account_row(session, account_id)
        closing = account.closing or {}
        if account.status != AccountStatus.CLOSING or account.contract_version != version or "refused" in closing:
            return
        account.closing = {**closing, "refused": {"code": code, "numbers": numbers}}
        change_contract(session, account)
        account.status_version = account.contract_version
        if "cosignature_id" in closing:
            note_closing_refused(session, cosignature_id=closing["cosignature_id"], code=code)
        record_audit(
            session,
            caller=Caller.for_service("accounts"),
            command="refuse-closing",
            subject_type="account",
            subject_id=account_id,
            after={"refused": code},
        )
