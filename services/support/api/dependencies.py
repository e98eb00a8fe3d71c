"""What the desk's endpoints ask for: the store, the viewer, the client of accounts."""

from typing import Annotated

from fastapi import Depends, Request

from services.support.clients.accounts import Accounts
from services.support.domain.service_level import ServiceLevels
from services.support.domain.ticket import Viewer
from shared.contracts.policy.support import DESK
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller


async def own_store(request: Request) -> Store:
    """Give the desk's store."""
    store: Store = request.app.state.store
    return store


async def service_levels(request: Request) -> ServiceLevels:
    """Give what the desk promises."""
    levels: ServiceLevels = request.app.state.settings.service_levels
    return levels


async def accounts_client(request: Request) -> Accounts:
    """Give the client of accounts."""
    accounts: Accounts = request.app.state.accounts
    return accounts


async def current_viewer(caller: CurrentCaller) -> Viewer:
    """Tell whether the caller is the desk, or which customer."""
    return Viewer(is_desk=caller.has(*DESK), customer_id=caller.customer_id)


StoreDep = Annotated[Store, Depends(own_store)]
LevelsDep = Annotated[ServiceLevels, Depends(service_levels)]
AccountsDep = Annotated[Accounts, Depends(accounts_client)]
CurrentViewer = Annotated[Viewer, Depends(current_viewer)]
