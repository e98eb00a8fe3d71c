"""What the endpoints of accounts ask for: the store, the settings, the clients, and the key of a saga."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from services.accounts.store.answer_store import RequestKey, Settled
from shared.store.engine import Store
from shared.store.idempotency import fingerprint
from shared.web.dependencies import route_identity


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


def request_key(request: Request, *, principal: str, key: str, body: BaseModel) -> RequestKey:
    """Give the identity of a request; secrets in the body do not count for its fingerprint, they are masked."""
    return RequestKey(
        principal=principal,
        route=route_identity(request),
        key=key,
        fingerprint=fingerprint(body.model_dump(mode="json")),
    )


def settled_response(settled: Settled) -> Response:
    """Answer what a saga ended in, or ended in before."""
    headers = {"idempotency-replayed": "true"} if settled.replayed else {}
    return Response(settled.body, status_code=settled.status, media_type="application/json", headers=headers)


StoreDep = Annotated[Store, Depends(own_store)]
SettingsDep = Annotated[AccountsSettings, Depends(own_settings)]
IdentityDep = Annotated[IdentityClient, Depends(identity_client)]
LedgerDep = Annotated[LedgerClient, Depends(ledger_client)]
