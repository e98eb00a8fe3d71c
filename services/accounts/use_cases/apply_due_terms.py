"""Let accounts follow their product: from the day on which new terms hold, their contracts stand on them.

Who: the worker, on a schedule. A few hundred accounts a transaction; each contract goes to the ledger by its own job.
"""

from sqlmodel import Session, col, select

from services.accounts.domain.account import AccountStatus
from services.accounts.store.catalogue_queries import version_in_force
from services.accounts.store.life_store import change_contract
from services.accounts.store.tables import AccountRow, ProductRow
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store

_AT_ONCE = 200
_LIVING = (AccountStatus.OPEN, AccountStatus.DORMANT, AccountStatus.FROZEN)


def apply_due_terms(store: Store) -> None:
    """Move accounts to the terms in force on the bank's day; running it again changes nothing more.

    What is opening, closing or on its way otherwise follows once it is there.
    """
    with store.read() as session:
        codes = list(session.exec(select(ProductRow.code)))
    for code in codes:
        if _is_due(store, code):
            _follow(store, code)


def _is_due(store: Store, code: str) -> bool:
    """Look without writing: on most runs there is nothing to do."""
    with store.read() as session:
        due = version_in_force(session, code, bank_now().date())
        if due is None:
            return False
        query = select(AccountRow.id).where(
            AccountRow.product == code, AccountRow.product_version != due.version, col(AccountRow.status).in_(_LIVING)
        )
        return session.exec(query.limit(1)).first() is not None


def _follow(store: Store, code: str) -> None:
    moved = _AT_ONCE
    while moved == _AT_ONCE:
        with store.write() as session:
            moved = _some(session, code)


def _some(session: Session, code: str) -> int:
    due = version_in_force(session, code, bank_now().date())
    if due is None:
        return 0
    query = select(AccountRow).where(
        AccountRow.product == code,
        AccountRow.product_version != due.version,
        col(AccountRow.status).in_(_LIVING),
    )
    accounts = session.exec(query.order_by(col(AccountRow.id)).limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
    for account in accounts:
        account.product_version = due.version
        change_contract(session, account)
    if accounts:
        record_audit(
            session,
            caller=Caller.for_service("accounts"),
            command="apply-terms",
            subject_type="product",
            subject_id=code,
            after={"version": due.version, "accounts": len(accounts)},
        )
    return len(accounts)
