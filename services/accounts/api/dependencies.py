"""What the endpoints of accounts ask for: the store, the settings, the clients, and the key of a saga."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from services.accounts.api.approval_schemas import WaitingAnswer
from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled, find_decided
from services.accounts.use_cases.unfreeze_account import Confirm
from shared.clients.jwks import KeySet
from shared.clients.step_up import StepUpSubject, verify_step_up
from shared.clients.trails import Trails
from shared.clock import now
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.idempotency import fingerprint
from shared.web.dependencies import CurrentCaller, route_identity


async def own_store(request: Request) -> Store:
    """Give the store of accounts."""
    store: Store = request.app.state.store
    return store


async def own_settings(request: Request) -> AccountsSettings:
    """Give the settings of accounts."""
    settings: AccountsSettings = request.app.state.settings
    return settings


async def identity_client(request: Request) -> IdentityClient:
    """Give the client of identity."""
    identity: IdentityClient = request.app.state.identity
    return identity


async def ledger_client(request: Request) -> LedgerClient:
    """Give the client of the ledger."""
    ledger: LedgerClient = request.app.state.ledger
    return ledger


async def is_masked(
    caller: CurrentCaller,
    settings: Annotated[AccountsSettings, Depends(own_settings)],
    masked: Annotated[bool, Query(description="Staff: masked, as they always are outside the sandbox.")] = False,
) -> bool:
    """Tell whether personal data leave masked: for staff who wish it, and for all staff where the bank masks."""
    return caller.is_staff and (masked or settings.masks_personal_data)


def request_key(request: Request, *, principal: str, key: str, body: BaseModel) -> RequestKey:
    """Give the identity of a request; secrets in the body do not count for its fingerprint, they are masked."""
    return RequestKey(
        principal=principal,
        route=route_identity(request),
        key=key,
        fingerprint=fingerprint(body.model_dump(mode="json")),
    )


def optional_request_key(request: Request, *, principal: str, key: str | None, body: BaseModel) -> RequestKey | None:
    """Give the identity of a request that may come without a key."""
    return None if key is None else request_key(request, principal=principal, key=key, body=body)


def is_answered(session: Session, request: Request, *, caller: Caller, key: str | None, body: BaseModel) -> bool:
    """Tell whether this request was answered before: then it needs no confirmation that is still good.

    :raises KeyReused: if the key came with another body
    """
    if key is None:
        return False
    known = request_key(request, principal=caller.principal, key=key, body=body)
    return find_decided(session, known) is not None


async def confirmation(
    request: Request,
    caller: CurrentCaller,
    step_up: Annotated[str | None, Header(alias="Step-Up", description="From POST /auth/step-up.")] = None,
) -> Confirm:
    """Give the function that verifies the caller's step-up token for what it is asked for."""
    keys: KeySet = request.app.state.step_up_keys

    def confirm(subject: StepUpSubject) -> str:
        return verify_step_up(step_up, subject=subject, caller=caller, keys=keys, now=now())

    return confirm


def waits_or(done: int) -> Callable[[BaseModel], int]:
    """Give the status of an answer: 202 if the command waits for a second person, else `done`."""
    return lambda answer: 202 if isinstance(answer, WaitingAnswer) else done


def settled_response(settled: Settled) -> Response:
    """Answer what a saga ended in, or ended in before."""
    headers = {"idempotency-replayed": "true"} if settled.replayed else {}
    return Response(settled.body, status_code=settled.status, media_type="application/json", headers=headers)


def trails_of_others(request: Request) -> Trails:
    """Give the client of what every service tells of itself."""
    trails: Trails = request.app.state.trails
    return trails


StoreDep = Annotated[Store, Depends(own_store)]
SettingsDep = Annotated[AccountsSettings, Depends(own_settings)]
IdentityDep = Annotated[IdentityClient, Depends(identity_client)]
Confirmation = Annotated[Confirm, Depends(confirmation)]
LedgerDep = Annotated[LedgerClient, Depends(ledger_client)]
TrailsDep = Annotated[Trails, Depends(trails_of_others)]
Masked = Annotated[bool, Depends(is_masked)]
