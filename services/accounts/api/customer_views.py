"""Who of the staff looked at a customer's data, in any service: for that customer, and for those who oversee.

Each service keeps the looks in its own audit trail, before it shows anything; here they are one list.
"""

from fastapi import APIRouter

from services.accounts.api.dependencies import StoreDep, TrailsDep
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.store.customer_queries import visible_customer
from shared.clients.trails import Records, Trails, read_merged
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.store.audit_queries import AuditFilter, list_audit
from shared.store.engine import Store
from shared.store.witness import VIEW
from shared.web.dependencies import BadCursor, CurrentCaller, Page, PageRequest, encode_cursor
from shared.web.problems import problems
from shared.web.schemas import Answer, ListAnswer, Moment

router = APIRouter(prefix="/api/v1/customers", tags=["customers"])
LOOKING = ("identity", "transactions", "support")
"""The other services that show staff a customer's data."""


class ViewAnswer(Answer):
    """One look: when, in which role and branch, at what. Who it was by name is told to those who oversee only."""

    at: Moment
    service: str
    what: str
    roles: list[str]
    branch_id: str | None
    user_id: str | None
    reason: str | None
    """Why, where they had to say so."""


class ViewList(ListAnswer[ViewAnswer]):
    """A page of looks, the newest first."""


@router.get("/me/views", response_model=ViewList, responses=problems(CustomerNotFound, Unavailable))
def read_own_views(caller: CurrentCaller, store: StoreDep, trails: TrailsDep, page: Page) -> ViewList:
    """See when somebody of the bank looked at your data, in which role, and at what."""
    if caller.customer_id is None:
        raise CustomerNotFound
    return _views(store, trails, caller, caller.customer_id, page)


@router.get("/{customer_id}/views", response_model=ViewList, responses=problems(CustomerNotFound, Unavailable))
def read_views(customer_id: str, caller: CurrentCaller, store: StoreDep, trails: TrailsDep, page: Page) -> ViewList:
    """See who of the bank looked at a customer's data."""
    return _views(store, trails, caller, customer_id, page)


def _views(store: Store, trails: Trails, caller: Caller, customer_id: str, page: PageRequest) -> ViewList:
    with store.read() as session:
        visible_customer(session, customer_id, caller=caller)
    wanted = AuditFilter(command=VIEW, subject=f"customer:{customer_id}")

    def read(name: str, below: int | None, limit: int) -> Records:
        if name == "accounts":
            with store.read() as session:
                return list_audit(session, wanted, below=below, limit=limit)
        asked = {"customer_id": customer_id, "below": below, "limit": limit}
        return trails.read(name, "/internal/looks", asked, act=caller.user_id)

    try:
        records, following = read_merged(("accounts", *LOOKING), read, cursor=page.after, limit=page.limit)
    except ValueError:
        raise BadCursor from None
    items = [
        ViewAnswer(
            at=record["at"],
            service=record["of"],
            what=record["after"]["what"],
            roles=record["after"]["roles"],
            branch_id=record["after"]["branch_id"],
            user_id=record["user_id"] if caller.is_staff else None,
            reason=record["reason"],
        )
        for record in records
    ]
    return ViewList(items=items, next=None if following is None else encode_cursor(following))
