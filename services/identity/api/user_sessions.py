"""Where somebody else is signed in, for staff: open sessions and known devices, and the end of sessions."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlmodel import Session

from services.identity.api.dependencies import CurrentUser, IdentityDep
from services.identity.api.schemas import DeviceAnswer, OpaqueId, SessionAnswer
from services.identity.domain.session import SessionNotFound
from services.identity.domain.user import UserNotFound, check_desk
from services.identity.store.sessions_queries import list_devices, list_open_sessions
from services.identity.store.users_queries import user_of, user_row
from services.identity.use_cases.end_sessions_of import end_sessions_of
from shared.clock import now
from shared.contracts.caller import Caller
from shared.observability.context import looked_at
from shared.web.dependencies import OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import Answer, ListAnswer, StrictModel

router = APIRouter(prefix="/api/v1/users/{user_id}", tags=["users"])


class EndingRequest(StrictModel):
    """Why sessions of somebody end, and which one; without `session_id` all that are open."""

    reason: Annotated[str, Field(min_length=3, max_length=500)]
    session_id: OpaqueId | None = None


class EndedAnswer(Answer):
    """The sessions that are over now."""

    ended_sessions: list[str]


@router.get("/sessions", responses=problems(UserNotFound))
def read_sessions_of(user_id: str, user: CurrentUser, page: Page, identity: IdentityDep) -> ListAnswer[SessionAnswer]:
    """List a user's open sessions, the newest first (staff: a customer's; auditors and admins: staff's, too)."""
    with identity.store.read() as session:
        _look(session, caller=user.caller, user_id=user_id)
        rows = list_open_sessions(session, user_id=user_id, now=now(), limit=page.limit + 1, after=page.after)
    items, following = page.cut(rows, lambda row: row.id)
    return ListAnswer(items=[SessionAnswer.of(row, current=user.session_id) for row in items], next=following)


@router.get("/devices", responses=problems(UserNotFound))
def read_devices_of(user_id: str, user: CurrentUser, page: Page, identity: IdentityDep) -> ListAnswer[DeviceAnswer]:
    """List the devices that a user is known to sign in from, the last used first."""
    with identity.store.read() as session:
        _look(session, caller=user.caller, user_id=user_id)
        rows = list_devices(session, user_id=user_id, limit=page.limit + 1, after=page.after)
    items, following = page.cut([DeviceAnswer.of(row) for row in rows], lambda one: one.id)
    return ListAnswer(items=items, next=following)


@router.post("/sessions/end", response_model=EndedAnswer, responses=problems(UserNotFound, SessionNotFound))
def end_sessions_of_user(
    user_id: str,
    body: EndingRequest,
    request: Request,
    user: CurrentUser,
    identity: IdentityDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """End one session of a user, or all of them, for a reason that is kept; their tokens are void at once."""

    def command(session: Session) -> EndedAnswer:
        ended = end_sessions_of(
            session,
            caller=user.caller,
            user_id=user_id,
            session_id=body.session_id,
            reason=body.reason,
            now=now(),
        )
        return EndedAnswer(ended_sessions=ended)

    answer = answer_once(
        identity.store, caller=user.caller, request=request, key=key, body=body, status=200, command=command
    )
    identity.revocations.poll()
    return answer


def _look(session: Session, *, caller: Caller, user_id: str) -> None:
    row = user_row(session, user_id)
    check_desk(user=user_of(row), roles=caller.roles)
    if row.customer_id is not None:
        looked_at(row.customer_id)
