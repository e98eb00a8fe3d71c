"""What waits for owners' signatures: reading and writing it, inside the transaction of a use case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from services.accounts.domain.cosignature import CosignatureKind, CosignatureNotFound, CosignatureStatus
from services.accounts.domain.customer import CustomerStatus
from services.accounts.store.tables import AccountRow, CosignatureRow, CosignatureSignerRow, CustomerRow


@dataclass(frozen=True, slots=True)
class Signer:
    """Who has to sign, by name, and when they did."""

    customer_id: str
    name: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signing:
    """Who asks for whose signatures, from when until when; the maker's own comes with it."""

    made_by: str
    maker_id: str
    signers: Sequence[str]
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """What is done with the last signature: its arguments word for word, and whose address is invited to it."""

    kind: CosignatureKind
    arguments: dict[str, Any]
    invited_email: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    confirmed: bool = False


def add_cosignature(
    session: Session, cosignature_id: str, *, account_id: str, wish: Wish, signing: Signing
) -> CosignatureRow:
    """Write what waits, with its maker's signature."""
    row = CosignatureRow(
        id=cosignature_id,
        kind=wish.kind,
        account_id=account_id,
        made_by=signing.made_by,
        maker_id=signing.maker_id,
        invited_email=wish.invited_email,
        wanted=wish.arguments,
        amount_minor=wish.amount_minor,
        currency=wish.currency,
        confirmed=wish.confirmed,
        made_at=signing.made_at,
        expires_at=signing.expires_at,
    )
    session.add(row)
    session.flush()
    for customer_id in signing.signers:
        signed_at = signing.made_at if customer_id == signing.maker_id else None
        session.add(CosignatureSignerRow(cosignature_id=row.id, customer_id=customer_id, signed_at=signed_at))
    session.flush()
    return row


def cosignature_row(session: Session, cosignature_id: str, *, for_update: bool = False) -> CosignatureRow:
    """Give what waits, whoever asks; `for_update`: nobody else signs it until the transaction ends.

    :raises CosignatureNotFound: if there is none
    """
    row = session.get(CosignatureRow, cosignature_id, with_for_update=True if for_update else None)
    if row is None:
        raise CosignatureNotFound
    return row


def hold_cosignature(session: Session, cosignature_id: str) -> tuple[CosignatureRow, AccountRow]:
    """Give what waits and its account, both held until the transaction ends: the account first, as all do.

    :raises CosignatureNotFound: if there is none
    """
    named = select(CosignatureRow.account_id).where(CosignatureRow.id == cosignature_id)
    account_id = session.exec(named).first()
    if account_id is None:
        raise CosignatureNotFound
    account = hold_account(session, account_id)
    return cosignature_row(session, cosignature_id, for_update=True), account


def hold_account(session: Session, account_id: str) -> AccountRow:
    """Give an account that nobody else changes the owners of until the transaction ends."""
    query = select(AccountRow).where(AccountRow.id == account_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _email_of(customer_id: str) -> Any:
    theirs = select(CustomerRow.email).where(CustomerRow.id == customer_id, CustomerRow.status == CustomerStatus.ACTIVE)
    return theirs.scalar_subquery()


def _concerns(customer_id: str) -> Any:
    """Match what a customer signs: named as a signer, or invited by the e-mail address that is theirs."""
    named = select(CosignatureSignerRow.cosignature_id).where(CosignatureSignerRow.customer_id == customer_id)
    invited = and_(
        col(CosignatureRow.invited_id).is_(None), col(CosignatureRow.invited_email) == _email_of(customer_id)
    )
    return or_(col(CosignatureRow.id).in_(named), invited)


def require_concerned(session: Session, cosignature_id: str, *, customer_id: str | None) -> None:
    """Refuse who neither asked for it nor has to sign it.

    :raises CosignatureNotFound: as if there were none
    """
    query = select(CosignatureRow.id).where(CosignatureRow.id == cosignature_id, _concerns(customer_id or ""))
    if session.exec(query).first() is None:
        raise CosignatureNotFound


def list_cosignatures(
    session: Session, *, customer_id: str, status: str | None, after: str | None, limit: int
) -> Sequence[CosignatureRow]:
    """List what a customer asked for, signed, or has to sign, the oldest first."""
    query = select(CosignatureRow).where(CosignatureRow.id > (after or ""), _concerns(customer_id))
    if status is not None:
        query = query.where(CosignatureRow.status == status)
    return session.exec(query.order_by(col(CosignatureRow.id)).limit(limit)).all()


def signers_of(session: Session, cosignature_id: str) -> list[Signer]:
    """List who signs, in the order of their ids; who was invited is among them once they have signed."""
    rows = session.exec(
        select(CosignatureSignerRow, CustomerRow)
        .where(
            CosignatureSignerRow.cosignature_id == cosignature_id, CustomerRow.id == CosignatureSignerRow.customer_id
        )
        .order_by(col(CosignatureSignerRow.customer_id))
    ).all()
    return [Signer(one.customer_id, f"{who.first_name} {who.last_name}", one.signed_at) for one, who in rows]


def put_signature(session: Session, row: CosignatureRow, customer_id: str, *, at: datetime) -> bool:
    """Write a signature of somebody whom it concerns; False if they had signed before."""
    signer = session.get(CosignatureSignerRow, (row.id, customer_id))
    if signer is not None and signer.signed_at is not None:
        return False
    if signer is None:
        row.invited_id = customer_id
        session.add(row)
        signer = CosignatureSignerRow(cosignature_id=row.id, customer_id=customer_id)
    signer.signed_at = at
    session.add(signer)
    session.flush()
    return True


def is_complete(session: Session, row: CosignatureRow) -> bool:
    """Tell whether all who have to have signed."""
    missing = select(CosignatureSignerRow.customer_id).where(
        CosignatureSignerRow.cosignature_id == row.id, col(CosignatureSignerRow.signed_at).is_(None)
    )
    waits_for_invited = row.invited_email is not None and row.invited_id is None
    return not waits_for_invited and session.exec(missing.limit(1)).first() is None


def waiting_of(session: Session, account_id: str) -> Sequence[CosignatureRow]:
    """List what waits about an account, held until the transaction ends."""
    query = select(CosignatureRow).where(
        CosignatureRow.account_id == account_id, CosignatureRow.status == CosignatureStatus.WAITING
    )
    return session.exec(query.order_by(col(CosignatureRow.id)).with_for_update()).all()


def overdue_cosignatures(session: Session, *, at: datetime, limit: int) -> Sequence[CosignatureRow]:
    """List what waited too long."""
    query = select(CosignatureRow).where(
        CosignatureRow.status == CosignatureStatus.WAITING, CosignatureRow.expires_at <= at
    )
    return session.exec(query.order_by(col(CosignatureRow.id)).limit(limit).with_for_update(skip_locked=True)).all()
