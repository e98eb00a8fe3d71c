"""Sign what owners of an account sign together; with the last signature it is done, once.

Who: a customer whose signature is missing, or who is invited to become an owner. Rule: `domain/cosignature.py`. A
change of owners and a closing are done in the transaction of the last signature; a payment is left to the ledger, by
the request that signed or by the job written with it. Says: `CosignatureSigned`, and what the command says.
"""

from datetime import timedelta

from sqlmodel import Session

from services.accounts.domain.cosignature import (
    AlreadySigned,
    CosignatureKind,
    CosignatureStatus,
    require_waiting,
)
from services.accounts.store.cosignature_store import (
    cosignature_row,
    hold_cosignature,
    is_complete,
    put_signature,
    require_concerned,
)
from services.accounts.store.life_store import take_step_up
from services.accounts.store.tables import AccountRow, CosignatureRow
from services.accounts.use_cases.change_owners import add_owner, drop_owner, put_mandate
from services.accounts.use_cases.close_account import ClosingOrder, begin_closing
from services.accounts.use_cases.end_cosignature import end_cosignature
from shared.clients.step_up import StepUpSubject
from shared.clock import bank_now, now
from shared.contracts.accounts import CosignatureSigned
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.jobs import enqueue_job
from shared.store.outbox import append_facts

EXECUTE_COSIGNED = "execute_cosigned"
SIGN = "sign-cosignature"
"""The action that a step-up token has to approve, where the payment was confirmed by its maker."""
_REQUEST_SECONDS = 10
"""How long the request that signed last may be about to execute, before the worker does."""


def step_up_subject(session: Session, *, caller: Caller, cosignature_id: str) -> StepUpSubject | None:
    """Give what a signer has to confirm with a step-up; None: nothing. Writes nothing.

    :raises CosignatureNotFound: if it does not concern the caller
    """
    require_concerned(session, cosignature_id, customer_id=caller.customer_id)
    return _subject(cosignature_row(session, cosignature_id))


def sign_cosignature(
    session: Session, *, caller: Caller, cosignature_id: str, token_id: str | None = None
) -> CosignatureRow:
    """Sign in the current write transaction and give what it is then: waiting for others, signed, or executed.

    `token_id` is a verified step-up token for what `step_up_subject` gave.

    :raises CosignatureNotFound: if it does not concern the caller
    :raises CosignatureDecided, AlreadySigned: if the signature is of no use
    :raises StepUpRequired: if the token was used before
    :raises Refusal: what its command raises, with the last signature: then it is not signed, either
    """
    require_concerned(session, cosignature_id, customer_id=caller.customer_id)
    row, account = hold_cosignature(session, cosignature_id)
    require_waiting(status=row.status, expires_at=row.expires_at, at=bank_now())
    subject = _subject(row)
    if subject is not None and token_id is not None:
        take_step_up(session, token_id, subject=subject, at=now())
    if not put_signature(session, row, str(caller.customer_id), at=bank_now()):
        raise AlreadySigned
    complete = is_complete(session, row)
    append_facts(
        session,
        CosignatureSigned(
            cosignature_id=row.id,
            kind=row.kind,
            account_id=row.account_id,
            signed_by=str(caller.customer_id),
            complete=complete,
        ),
    )
    record_audit(
        session,
        caller=caller,
        command="sign-cosignature",
        subject_type="cosignature",
        subject_id=row.id,
        after={"kind": row.kind, "complete": complete},
    )
    if complete:
        _do(session, caller, row, account)
    return row


def _subject(row: CosignatureRow) -> StepUpSubject | None:
    if not row.confirmed:
        return None
    payee = row.wanted.get("to_account_id")
    return StepUpSubject(SIGN, row.amount_minor, row.currency, row.account_id, payee)


def _do(session: Session, caller: Caller, row: CosignatureRow, account: AccountRow) -> None:
    if row.kind == CosignatureKind.PAYMENT:
        row.status = CosignatureStatus.SIGNED
        session.add(row)
        session.flush()
        after = now() + timedelta(seconds=_REQUEST_SECONDS)
        enqueue_job(
            session,
            kind=EXECUTE_COSIGNED,
            unique_key=row.id,
            payload={"cosignature_id": row.id},
            run_after=after,
        )
        return
    # Its end is written before it runs: the change voids what else waits for signatures about the account.
    end_cosignature(
        session, row, caller=caller, status=CosignatureStatus.EXECUTED, outcome={"account_id": row.account_id}
    )
    wanted = row.wanted
    if row.kind == CosignatureKind.ADD_OWNER:
        add_owner(session, caller=caller, account=account, customer_id=str(row.invited_id), mandate=wanted["mandate"])
    elif row.kind == CosignatureKind.REMOVE_OWNER:
        drop_owner(session, caller=caller, account=account, customer_id=wanted["customer_id"])
    elif row.kind == CosignatureKind.CHANGE_MANDATE:
        put_mandate(session, caller=caller, account=account, mandate=wanted["mandate"])
    else:
        order = ClosingOrder(wanted["reason"], wanted["payout_account_id"], cosignature_id=row.id)
        begin_closing(session, caller=_maker(row), account_id=account.id, order=order)


def _maker(row: CosignatureRow) -> Caller:
    return Caller(user_id=row.made_by, roles=frozenset({"customer"}), customer_id=row.maker_id)
