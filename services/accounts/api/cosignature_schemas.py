"""The shapes of owners, of what they sign together, and of what waits for their signatures."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import Session

from services.accounts.api.fields import Note
from services.accounts.domain.customer import read_email
from services.accounts.store.account_queries import account_row, owners_of
from services.accounts.store.cosignature_store import signers_of
from services.accounts.store.customer_queries import owner_names
from services.accounts.store.tables import AccountRow, CosignatureRow
from shared.web.schemas import Answer, ListAnswer, Moment, StrictModel

MandateName = Literal["either", "both"]
Kind = Literal["payment", "add-owner", "remove-owner", "change-mandate", "close-account"]
Status = Literal["waiting", "signed", "refused", "expired", "void", "executed", "failed"]


class OwnerRequest(StrictModel):
    """Who is to become an owner, by e-mail address, and how all sign then; left out: as they do now."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    mandate: MandateName | None = None

    def to_email(self, *, allow_test_domains: bool) -> str:
        """Give the address as customers' addresses are kept.

        :raises BadEmail: if it is none
        """
        return read_email(self.email, allow_test_domains=allow_test_domains)


class MandateRequest(StrictModel):
    """How the owners sign: one alone (`either`) or all together (`both`)."""

    mandate: MandateName


class RefusalRequest(StrictModel):
    """Why, if there is something to say."""

    note: Note | None = None


class SignRequest(StrictModel):
    """There is nothing to say."""


class OwnerAnswer(Answer):
    """An owner, as the other ones see them."""

    customer_id: str
    name: str


class OwnersAnswer(Answer):
    """Who owns an account, and how they sign."""

    account_id: str
    mandate: MandateName
    items: list[OwnerAnswer]

    @classmethod
    def of(cls, session: Session, row: AccountRow) -> "OwnersAnswer":
        """Give the owners of an account as it stands."""
        named = zip(owners_of(session, row.id), owner_names(session, row.id), strict=True)
        items = [OwnerAnswer(customer_id=one, name=name) for one, name in named]
        return cls.model_validate({"account_id": row.id, "mandate": row.mandate, "items": items})


class WaitingCosignature(Answer):
    """What waits: nothing was done yet."""

    id: str
    status: Status
    expires_at: Moment


class CosignatureWaits(Answer):
    """The answer to what other people sign as well."""

    cosignature: WaitingCosignature


class SignerAnswer(Answer):
    """Somebody who signs, and when they did."""

    customer_id: str
    name: str
    signed_at: Moment | None


class PartyAnswer(Answer):
    """An account that gets the money, and whose it is."""

    account_id: str
    account_number: str
    name: str


class CosignatureAnswer(Answer):
    """What waits, or waited, for signatures: what it asks for, who has signed, and what became of it."""

    id: str
    kind: Kind
    status: Status
    account_id: str
    account_number: str
    made_by: str
    """The customer who asked for it."""
    made_at: Moment
    expires_at: Moment
    signers: list[SignerAnswer]
    invited_email: str | None
    """Who is invited to become an owner, as their address was written; they sign as well."""
    amount_minor: int | None
    currency: str | None
    payee: PartyAnswer | None
    """Who gets a payment, or what is left when the account is closed."""
    description: str | None
    customer_id: str | None
    """The owner who is to leave."""
    mandate: MandateName | None
    step_up: bool
    """To sign it needs a step-up."""
    decided_by: str | None
    decided_at: Moment | None
    note: str | None
    outcome: dict[str, Any] | None

    @classmethod
    def of(cls, session: Session, row: CosignatureRow) -> "CosignatureAnswer":
        """Give what waits in the form the API shows."""
        wanted = row.wanted
        payee_id = wanted.get("to_account_id") or wanted.get("payout_account_id")
        shown = {
            "id": row.id,
            "kind": row.kind,
            "status": row.status,
            "account_id": row.account_id,
            "account_number": account_row(session, row.account_id).account_number,
            "made_by": row.maker_id,
            "made_at": row.made_at,
            "expires_at": row.expires_at,
            "signers": [SignerAnswer.model_validate(one) for one in signers_of(session, row.id)],
            "invited_email": row.invited_email,
            "amount_minor": row.amount_minor,
            "currency": row.currency,
            "payee": None if payee_id is None else _party(session, payee_id),
            "description": wanted.get("description") or wanted.get("reason"),
            "customer_id": wanted.get("customer_id"),
            "mandate": wanted.get("mandate"),
            "step_up": row.confirmed,
            "decided_by": row.decided_by,
            "decided_at": row.decided_at,
            "note": row.note,
            "outcome": row.outcome,
        }
        return cls.model_validate(shown)


class CosignatureList(ListAnswer[CosignatureAnswer]):
    """A page of what waits or waited for signatures, oldest first."""


def _party(session: Session, account_id: str) -> PartyAnswer:
    row = account_row(session, account_id)
    return PartyAnswer(
        account_id=row.id, account_number=row.account_number, name=" / ".join(owner_names(session, row.id))
    )


def waits(row: CosignatureRow) -> CosignatureWaits:
    """Give the 202 of what waits."""
    shown = {"id": row.id, "status": row.status, "expires_at": row.expires_at}
    return CosignatureWaits(cosignature=WaitingCosignature.model_validate(shown))
