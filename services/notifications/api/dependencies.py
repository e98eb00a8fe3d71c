"""What the endpoints of notifications ask for: the store, whose inbox, and who reads announcements."""

from typing import Annotated

from fastapi import Depends, Request

from services.notifications.api.live import LiveHub
from services.notifications.clients.dead_letters import OtherServices
from services.notifications.domain.announcement import Reader
from services.notifications.domain.notice import Recipient
from services.notifications.settings import NotificationsSettings
from services.notifications.store.announcement_queries import memberships_of
from shared.contracts.caller import Caller
from shared.errors import Unauthenticated, Unavailable
from shared.store.engine import Store
from shared.web.dead_letters import Replay
from shared.web.dependencies import CurrentCaller
from shared.web.door import Verifier, bearer_token


async def own_store(request: Request) -> Store:
    """Give the store of notifications."""
    store: Store = request.app.state.store
    return store


async def own_settings(request: Request) -> NotificationsSettings:
    """Give the settings of notifications."""
    settings: NotificationsSettings = request.app.state.settings
    return settings


async def own_inboxes(caller: CurrentCaller) -> tuple[Recipient, ...]:
    """Give the inboxes that belong to the caller: as a customer, and as a user."""
    inboxes = []
    if caller.customer_id is not None:
        inboxes.append(Recipient("customer", caller.customer_id))
    if caller.user_id is not None:
        inboxes.append(Recipient("user", caller.user_id))
    return tuple(inboxes)


def current_reader(request: Request) -> Caller:
    """Tell who reads a public route, if they say so: a good token shows more, a bad or missing one is no hindrance."""
    verifier: Verifier = request.app.state.verifier
    try:
        return verifier.verify(bearer_token(request.scope))
    except (Unauthenticated, Unavailable):
        return Caller.anonymous()


def audience_of(caller: Caller, store: Store) -> Reader:
    """Tell which announcements are for somebody: by role, by branch, and for customers by product."""
    branches = frozenset({caller.branch_id} if caller.branch_id else ())
    products: frozenset[str] = frozenset()
    if caller.customer_id is not None:
        with store.read() as session:
            own, products = memberships_of(session, customer_id=caller.customer_id)
        branches |= own
    return Reader(is_customer=caller.has("customer"), is_staff=caller.is_staff, branches=branches, products=products)


def current_audience(caller: CurrentCaller, store: Annotated[Store, Depends(own_store)]) -> Reader:
    """Give the signed-in caller as a reader of announcements."""
    return audience_of(caller, store)


async def live_hub(request: Request) -> LiveHub:
    """Give the live push of this process."""
    hub: LiveHub = request.app.state.live
    return hub


async def replay_of_facts(request: Request) -> Replay:
    """Give what applies a fact past the cursor: the door of facts knows their consumers, not this one."""
    replay: Replay = request.app.state.replay
    return replay


async def other_services(request: Request) -> OtherServices:
    """Give what asks the other services for their dead letters."""
    others: OtherServices = request.app.state.others
    return others


StoreDep = Annotated[Store, Depends(own_store)]
SettingsDep = Annotated[NotificationsSettings, Depends(own_settings)]
OwnInboxes = Annotated[tuple[Recipient, ...], Depends(own_inboxes)]
CurrentReader = Annotated[Caller, Depends(current_reader)]
CurrentAudience = Annotated[Reader, Depends(current_audience)]
ReplayDep = Annotated[Replay, Depends(replay_of_facts)]
OthersDep = Annotated[OtherServices, Depends(other_services)]
HubDep = Annotated[LiveHub, Depends(live_hub)]
