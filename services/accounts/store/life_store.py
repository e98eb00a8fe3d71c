"""Writing the changes of an account's life, inside the transaction of a use case."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from services.accounts.domain.account import AccountStatus
from services.accounts.domain.edit import FieldChange
from services.accounts.store.account_queries import owners_of
from services.accounts.store.account_store import add_account_edits
from services.accounts.store.catalogue_queries import branch_row
from services.accounts.store.tables import (
    AccountOwnerRow,
    AccountRow,
    ClosedAccountRow,
    CustomerRow,
    UsedStepUpRow,
)
from shared.clients.step_up import StepUpSubject, step_up_required
from shared.clock import now
from shared.ids import new_id
from shared.store.jobs import enqueue_job

PUSH_CONTRACT = "push_contract"
_REQUEST_SECONDS = 15
"""How long a request may be about to push the contract itself, before the worker does."""


def push_later(session: Session, account: AccountRow) -> None:
    """Write the job that brings the account's newest contract to the ledger, whatever becomes of the request."""
    enqueue_job(
        session,
        kind=PUSH_CONTRACT,
        unique_key=f"{account.id}:{account.contract_version}",
        payload={"account_id": account.id},
        run_after=now() + timedelta(seconds=_REQUEST_SECONDS),
    )


def change_contract(session: Session, account: AccountRow) -> None:
    """Note that the ledger must know of the account's terms anew."""
    account.contract_version += 1
    session.add(account)
    push_later(session, account)


def begin_change(
    session: Session, account: AccountRow, *, status: str, by: str, note: str | None, at: datetime
) -> None:
    """Put an account into a state in -ing and leave it in the history; the next contract carries the change."""
    if account.status != status:
        changes = [FieldChange("status", account.status, status)]
        add_account_edits(session, account.id, changes=changes, by=by, note=note, at=at)
    account.status = status
    if status != AccountStatus.CLOSING:
        account.closing = None  # what became of an earlier wish to close is answered; the history has it
    account.version += 1
    change_contract(session, account)
    account.status_version = account.contract_version
    session.flush()


def take_step_up(session: Session, token_id: str, *, subject: StepUpSubject, at: datetime) -> None:
    """Use a verified step-up token up.

    :raises StepUpRequired: if it was used before
    """
    if session.get(UsedStepUpRow, token_id) is not None:
        raise step_up_required(subject, "This step-up token was used.")
    session.add(UsedStepUpRow(token_id=token_id, used_at=at))
    session.flush()


def archive_account(session: Session, account: AccountRow, *, balance_minor: int, at: datetime) -> None:
    """Keep what an account was when it was closed; `balance_minor` is what was paid out with it."""
    owners = session.exec(
        select(CustomerRow)
        .where(CustomerRow.id == AccountOwnerRow.customer_id, AccountOwnerRow.account_id == account.id)
        .order_by(col(CustomerRow.id))
    ).all()
    closing = account.closing or {}
    session.add(
        ClosedAccountRow(
            id=new_id(),
            original_id=account.id,
            customer_name=" / ".join(f"{one.first_name} {one.last_name}" for one in owners),
            account_number=account.account_number,
            account_type=account.product,
            branch_name=branch_row(session, account.branch_id).name,
            balance_minor=balance_minor,
            currency=account.currency,
            closed_by=str(closing.get("by", "")),
            deletion_date=at,
            reason=closing.get("reason"),
            customer_email=" / ".join(one.email for one in owners),
            phone_number=" / ".join(one.phone for one in owners),
            last_transaction_date=account.last_transaction_at,
        )
    )
    session.flush()


def end_relationships(session: Session, account: AccountRow, *, at: datetime) -> list[CustomerRow]:
    """End the relationship of each owner whose last account this was, and give those customers."""
    found = [end_relationship(session, customer_id, at=at) for customer_id in owners_of(session, account.id)]
    return [customer for customer in found if customer is not None]


def end_relationship(session: Session, customer_id: str, *, at: datetime) -> CustomerRow | None:
    """End the relationship of a customer who has no account left, and give them; None if it goes on, or had ended."""
    living = session.exec(
        select(AccountRow.id)
        .join(AccountOwnerRow, col(AccountOwnerRow.account_id) == AccountRow.id)
        .where(AccountOwnerRow.customer_id == customer_id, AccountRow.status != AccountStatus.CLOSED)
        .limit(1)
    ).first()
    customer = session.get_one(CustomerRow, customer_id)
    if living is not None or customer.ended_at is not None:
        return None
    customer.ended_at = at
    customer.version += 1
    session.add(customer)
    session.flush()
    return customer


def begin_relationships(session: Session, account: AccountRow) -> None:
    """Let the relationship of an account's owners go on, if it had ended."""
    for customer_id in owners_of(session, account.id):
        customer = session.get_one(CustomerRow, customer_id)
        if customer.ended_at is not None:
            customer.ended_at = None
            customer.version += 1
            session.add(customer)
    session.flush()
