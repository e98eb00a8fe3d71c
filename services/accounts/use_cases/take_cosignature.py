"""Take a payment into the inbox that the ledger did not book, since its account is for all owners to sign.

Who: the ledger's fact, which brings the order as it will be booked. If the owners are others by now, it is void.
Says: `CosignatureRequested`.
"""

from sqlmodel import Session

from services.accounts.domain.cosignature import CosignatureKind, CosignatureStatus
from services.accounts.domain.ownership import signs_together
from services.accounts.store.account_queries import owners_of
from services.accounts.store.cosignature_store import Signing, Wish, add_cosignature, hold_account
from services.accounts.store.tables import CosignatureRow
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.clock import parse_time
from shared.contracts.accounts import CosignatureRequested
from shared.contracts.caller import Caller
from shared.contracts.transactions import CosignatureNeeded
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def take_cosignature(session: Session, fact: CosignatureNeeded) -> None:
    """Write what waits in the current write transaction; what is there already stays as it is."""
    if session.get(CosignatureRow, fact.cosignature_id) is not None:
        return
    account = hold_account(session, fact.account_id)
    row = add_cosignature(
        session,
        fact.cosignature_id,
        account_id=account.id,
        wish=Wish(
            CosignatureKind.PAYMENT,
            {"to_account_id": fact.payee_account_id, "description": fact.description},
            amount_minor=fact.amount_minor,
            currency=fact.currency,
            confirmed=fact.confirmed,
        ),
        signing=Signing(
            made_by=fact.made_by,
            maker_id=fact.customer_id,
            signers=fact.owners,
            made_at=parse_time(fact.made_at),
            expires_at=parse_time(fact.expires_at),
        ),
    )
    signers = [one for one in fact.owners if one != fact.customer_id]
    append_facts(
        session,
        CosignatureRequested(
            cosignature_id=row.id, kind=row.kind, account_id=account.id, made_by=row.maker_id, signers=signers
        ),
    )
    record_audit(
        session,
        caller=Caller.for_service("transactions", row.made_by),
        command="ask-payment",
        subject_type="cosignature",
        subject_id=row.id,
        after={"account_id": account.id, "amount_minor": row.amount_minor, "currency": row.currency},
    )
    present = owners_of(session, account.id)
    if set(present) != set(fact.owners) or not signs_together(mandate=account.mandate, owners=present):
        by = Caller.for_service("accounts")
        end_cosignature(session, row, caller=by, status=CosignatureStatus.VOID)
