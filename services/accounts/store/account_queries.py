"""Reading accounts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, or_, select

from services.accounts.domain.account import AccountNotFound, AccountStatus, Contract, OpeningDeposit, Payout
from services.accounts.domain.account_life import LifeState, contract_status
from services.accounts.domain.branch import branch_scope
from services.accounts.domain.views import AccountView, EditView
from services.accounts.store.catalogue_queries import terms_of_version
from services.accounts.store.customer_queries import lowest_kyc_level, owner_names
from services.accounts.store.tables import AccountEditRow, AccountOwnerRow, AccountRow, ClosedAccountRow, CustomerRow
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.observability.context import looked_at


def account_row(session: Session, account_id: str) -> AccountRow:
    """Give an account, whoever asks.

    :raises AccountNotFound: if there is none
    """
    found = session.get(AccountRow, account_id)
    if found is None:
        raise AccountNotFound
    return found


def visible_account(session: Session, account_id: str, *, caller: Caller) -> AccountRow:
    """Give an account that the caller may see: a customer their own, staff those of their branch, overseers any.

    :raises AccountNotFound: if it is missing or another customer's, alike
    """
    row = reachable_account(session, account_id, caller=caller)
    if caller.is_staff:
        looked_at(*owners_of(session, account_id))
    return row


def reachable_account(session: Session, account_id: str, *, caller: Caller) -> AccountRow:
    """Give an account as `visible_account` does, to whom nothing of it is shown: it is no look.

    :raises AccountNotFound: if it is missing or another customer's, alike
    """
    row = account_row(session, account_id)
    if not caller.is_staff and caller.customer_id not in owners_of(session, account_id):
        raise AccountNotFound
    scope = branch_scope(caller)
    if scope is not None and row.branch_id != scope and not _has_owner_of(session, account_id, scope):
        raise AccountNotFound
    return row


def _has_owner_of(session: Session, account_id: str, branch_id: str) -> bool:
    query = select(AccountOwnerRow.customer_id).join(CustomerRow, col(CustomerRow.id) == AccountOwnerRow.customer_id)
    query = query.where(AccountOwnerRow.account_id == account_id, CustomerRow.branch_id == branch_id)
    return session.exec(query.limit(1)).first() is not None


def owners_of(session: Session, account_id: str) -> list[str]:
    """Give the ids of the customers who own an account."""
    return list(
        session.exec(
            select(AccountOwnerRow.customer_id)
            .where(AccountOwnerRow.account_id == account_id)
            .order_by(col(AccountOwnerRow.customer_id))
        )
    )


def account_view(session: Session, row: AccountRow) -> AccountView:
    """Give an account in the form the API shows."""
    return AccountView(
        id=row.id,
        account_number=row.account_number,
        product=row.product,
        currency=row.currency,
        status=row.status,
        nickname=row.nickname,
        owners=owners_of(session, row.id),
        branch_id=row.branch_id,
        opened_at=None if row.opened_at is None else format_time(row.opened_at),
        last_transaction_at=None if row.last_transaction_at is None else format_time(row.last_transaction_at),
        version=row.version,
    )


def list_accounts(
    session: Session,
    *,
    owner: str | None,
    after: str | None,
    limit: int,
    branch_id: str | None = None,
    narrowed: Mapping[str, str] | None = None,
) -> list[AccountView]:
    """List accounts in the order of opening, after one of them; of one owner, of a branch and its customers, or all.

    `narrowed` names columns and what stands in them.
    """
    query = select(AccountRow).where(AccountRow.id > (after or "")).filter_by(**(narrowed or {}))
    if owner is not None:
        query = query.join(AccountOwnerRow, col(AccountOwnerRow.account_id) == AccountRow.id)
        query = query.where(AccountOwnerRow.customer_id == owner)
    if branch_id is not None:
        theirs = select(AccountOwnerRow.account_id).join(
            CustomerRow, col(CustomerRow.id) == AccountOwnerRow.customer_id
        )
        of_customers = theirs.where(CustomerRow.branch_id == branch_id)
        query = query.where(or_(AccountRow.branch_id == branch_id, col(AccountRow.id).in_(of_customers)))
    rows = session.exec(query.order_by(col(AccountRow.id)).limit(limit)).all()
    return [account_view(session, row) for row in rows]


def account_by_number(session: Session, account_number: str) -> AccountRow | None:
    """Give the account that has an IBAN."""
    return session.exec(select(AccountRow).where(AccountRow.account_number == account_number)).first()


def account_history(session: Session, account_id: str, *, after: str | None, limit: int) -> list[EditView]:
    """List the edits of an account, oldest first."""
    rows = session.exec(
        select(AccountEditRow)
        .where(AccountEditRow.account_id == account_id, AccountEditRow.id > (after or ""))
        .order_by(col(AccountEditRow.id))
        .limit(limit)
    ).all()
    return [EditView(r.id, r.field, r.old, r.new, r.by, r.note, format_time(r.at)) for r in rows]


def life_state(row: AccountRow) -> LifeState:
    """Give where an account stands, in the words of the domain."""
    return LifeState(
        status=row.status,
        freeze=row.freeze,
        is_dormant=row.dormant_since is not None,
        closing_refused="refused" in (row.closing or {}),
        reopening=row.reopening,
    )


def closed_account_rows(
    session: Session, *, owner: str | None, branch_id: str | None, after: str | None, limit: int
) -> Sequence[ClosedAccountRow]:
    """List the archive, the earliest closed first, after one of its rows; of one owner or branch, or all."""
    query = select(ClosedAccountRow).where(ClosedAccountRow.id > (after or ""))
    if owner is not None:
        query = query.join(AccountOwnerRow, col(AccountOwnerRow.account_id) == ClosedAccountRow.original_id)
        query = query.where(AccountOwnerRow.customer_id == owner)
    if branch_id is not None:
        query = query.join(AccountRow, col(AccountRow.id) == ClosedAccountRow.original_id)
        query = query.where(AccountRow.branch_id == branch_id)
    return session.exec(query.order_by(col(ClosedAccountRow.id)).limit(limit)).all()


def _opening_of(row: AccountRow) -> OpeningDeposit | None:
    """Give the cash that comes with the first contract and with no other: a later one must not book it again."""
    if row.status != AccountStatus.OPENING or row.opening is None:
        return None
    return OpeningDeposit(**row.opening)


def contract_of(session: Session, row: AccountRow) -> Contract:
    """Give what the ledger must know of an account, as it stands now."""
    state = life_state(row)
    payout = (row.closing or {}).get("payout_account_id") if state.closes else None
    return Contract(
        account_id=row.id,
        version=row.contract_version,
        account_number=row.account_number,
        owners=tuple(owners_of(session, row.id)),
        holder_name=" / ".join(owner_names(session, row.id)),
        product=terms_of_version(session, row.product, row.product_version),
        currency=row.currency,
        branch_id=row.branch_id,
        kyc_level=lowest_kyc_level(session, row.id),
        status=contract_status(state),
        freeze=row.freeze,
        mandate=row.mandate,
        waived_fees=tuple(row.waived_fees),
        own_limits=row.own_limits,
        opening=_opening_of(row),
        payout=None if payout is None else Payout(payout, (row.closing or {}).get("payout_limit_minor")),
    )


def accounts_snapshot(session: Session) -> Sequence[dict[str, Any]]:
    """List what facts have told of accounts: ids and terms."""
    rows = session.exec(select(AccountRow).where(AccountRow.status != "opening").order_by(col(AccountRow.id))).all()
    return [
        {
            "account_id": r.id,
            "owners": owners_of(session, r.id),
            "product": r.product,
            "currency": r.currency,
            "branch_id": r.branch_id,
        }
        for r in rows
    ]
