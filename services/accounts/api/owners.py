"""Owners of an account over HTTP: who they are, one more, one less, and how they sign."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.cosignature_schemas import (
    CosignatureWaits,
    MandateRequest,
    OwnerRequest,
    OwnersAnswer,
    waits,
)
from services.accounts.api.dependencies import Confirmation, SettingsDep, StoreDep, is_answered
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.account_life import AccountInTransition, AccountNotOpen
from services.accounts.domain.cosignature import CosignatureWaiting, TooManyCosignatures
from services.accounts.domain.customer import BadEmail
from services.accounts.domain.ownership import (
    AlreadyOwner,
    LastOwner,
    MandateUnchanged,
    OwnerNotFound,
    SingleOwner,
    TooManyOwners,
)
from services.accounts.store.account_queries import visible_account
from services.accounts.store.life_store import take_step_up
from services.accounts.use_cases.ask_cosignature import change_mandate, invite_owner, remove_owner
from shared.clients.step_up import StepUpRequired, StepUpSubject
from shared.clock import now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])
ADD_OWNER = "add-owner"
"""The action that a step-up token has to approve, with the account as payer and the address as payee."""
_REFUSALS = (AccountNotFound, AccountInTransition, AccountNotOpen, CosignatureWaiting, TooManyCosignatures)


@router.get("/{account_id}/owners", response_model=OwnersAnswer, responses=problems(AccountNotFound))
def read_owners(account_id: str, caller: CurrentCaller, store: StoreDep) -> OwnersAnswer:
    """Read who owns an account, and whether one signs alone or all together."""
    with store.read() as session:
        return OwnersAnswer.of(session, visible_account(session, account_id, caller=caller))


@router.post(
    "/{account_id}/owners",
    status_code=202,
    response_model=CosignatureWaits,
    responses=problems(*_REFUSALS, AlreadyOwner, TooManyOwners, BadEmail, StepUpRequired),
)
def new_owner(
    account_id: str,
    body: OwnerRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    confirm: Confirmation,
    key: OptionalIdempotencyKey,
) -> Response:
    """Invite a customer to own the account, too, with a step-up for `add-owner`; all owners and the invited one sign.

    The answer is the same whether or not the address is a customer's.
    """
    email = body.to_email(allow_test_domains=settings.is_sandbox)
    subject = StepUpSubject(ADD_OWNER, payer=account_id, payee=email)
    with store.read() as session:
        visible_account(session, account_id, caller=caller)
        answered = is_answered(session, request, caller=caller, key=key, body=body)
    token = None if answered else confirm(subject)

    def command(session: Session) -> CosignatureWaits:
        row = invite_owner(session, caller=caller, account_id=account_id, email=email, mandate=body.mandate)
        take_step_up(session, str(token), subject=subject, at=now())
        return waits(row)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=202, command=command)


@router.delete(
    "/{account_id}/owners/{customer_id}",
    status_code=202,
    response_model=CosignatureWaits,
    responses=problems(*_REFUSALS, OwnerNotFound, LastOwner),
)
def delete_owner(
    account_id: str, customer_id: str, request: Request, caller: CurrentCaller, store: StoreDep
) -> Response:
    """Ask that an owner leaves, perhaps you; all owners sign it. Who is left alone signs alone."""

    def command(session: Session) -> CosignatureWaits:
        return waits(remove_owner(session, caller=caller, account_id=account_id, customer_id=customer_id))

    return answer_once(store, caller=caller, request=request, key=None, body=None, status=202, command=command)


@router.put(
    "/{account_id}/mandate",
    status_code=202,
    response_model=CosignatureWaits,
    responses=problems(*_REFUSALS, SingleOwner, MandateUnchanged),
)
def new_mandate(
    account_id: str,
    body: MandateRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Ask that one owner signs alone (`either`) or all together (`both`); all owners sign it."""

    def command(session: Session) -> CosignatureWaits:
        return waits(change_mandate(session, caller=caller, account_id=account_id, mandate=body.mandate))

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=202, command=command)
