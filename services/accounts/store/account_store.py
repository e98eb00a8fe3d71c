"""Writing accounts, inside the transaction of a use case."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.edit import FieldChange
from services.accounts.domain.iban import account_number_of
from services.accounts.store.tables import METADATA, AccountEditRow, AccountOwnerRow, AccountRow, CounterRow
from shared.clock import format_time
from shared.ids import new_id
from shared.store.statements import Prepared

_ACCOUNT_NUMBERS = "account_numbers"


def next_account_number(session: Session) -> str:
    """Take the next IBAN of the bank's own sequence; it is given out once, with the transaction or not at all."""
    counter = session.get(CounterRow, _ACCOUNT_NUMBERS, with_for_update=True)
    if counter is None:
        counter = CounterRow(name=_ACCOUNT_NUMBERS, value=0)
    counter.value += 1
    session.add(counter)
    session.flush()
    return account_number_of(counter=counter.value)


def add_account(
    session: Session,
    *,
    account_id: str,
    owner: str,
    product: str,
    product_version: int = 1,
    currency: str,
    branch_id: str,
    nickname: str | None,
    opening: dict[str, Any] | None = None,
    at: datetime,
) -> AccountRow:
    """Write a new account as `opening` with its one owner."""
    row = AccountRow(
        id=account_id,
        account_number=next_account_number(session),
        product=product,
        product_version=product_version,
        currency=currency,
        status=AccountStatus.OPENING,
        nickname=nickname,
        opening=opening,
        branch_id=branch_id,
        created_at=at,
    )
    session.add(row)
    session.flush()
    session.add(AccountOwnerRow(account_id=account_id, customer_id=owner))
    session.flush()
    return row


def add_account_edits(
    session: Session, account_id: str, *, changes: list[FieldChange], by: str, note: str | None, at: datetime
) -> None:
    """Write an edit into the history, field by field."""
    for change in changes:
        session.add(
            AccountEditRow(
                id=new_id(),
                account_id=account_id,
                field=change.field,
                old=change.old,
                new=change.new,
                by=by,
                note=note,
                at=at,
            )
        )


_ACCOUNTS = METADATA.tables["accounts"]
_LAST = _ACCOUNTS.c.last_transaction_at
_MOVED = Prepared(
    update(_ACCOUNTS)
    .where(_ACCOUNTS.c.id == bindparam("which"), _LAST.is_(None) | (bindparam("earlier_than") > _LAST))
    .values(last_transaction_at=bindparam("moved_at")),
    ["moved_at", "which", "earlier_than"],
)


def keep_last_transaction(session: Session, account_ids: list[str], *, at: datetime) -> None:
    """Note when money last moved on accounts; an older time than the one known changes nothing."""
    time = format_time(at)
    _MOVED.run(session, [(time, account_id, time) for account_id in account_ids])
