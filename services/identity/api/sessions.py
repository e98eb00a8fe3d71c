"""A user's sessions, and the log of logins, logouts and failures."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.identity.api.dependencies import CurrentDevice, CurrentUser, IdentityDep
from services.identity.api.schemas import EventAnswer, SessionAnswer
from services.identity.domain.session import SessionNotFound
from services.identity.domain.user import UserNotFound
from services.identity.store.sessions_queries import list_events, list_open_sessions
from services.identity.store.users_queries import user_row
from services.identity.use_cases.end_session import end_session
from shared.clock import now
from shared.observability.context import looked_at
from shared.web.dependencies import Page
from shared.web.problems import problems
from shared.web.schemas import ListAnswer

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])


@router.get("/sessions")
def read_sessions(user: CurrentUser, page: Page, identity: IdentityDep) -> ListAnswer[SessionAnswer]:
    """List the user's open sessions, the newest first."""
    with identity.store.read() as session:
        rows = list_open_sessions(session, user_id=user.user_id, now=now(), limit=page.limit + 1, after=page.after)
    items, following = page.cut(rows, lambda row: row.id)
    return ListAnswer(items=[SessionAnswer.of(row, current=user.session_id) for row in items], next=following)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(SessionNotFound))
def end_one_session(session_id: str, user: CurrentUser, device: CurrentDevice, identity: IdentityDep) -> None:
    """End one of the user's sessions."""
    end_session(identity.store, caller=user.caller, session_id=session_id, device=device, now=now())
    identity.revocations.poll()


@router.get("/events", responses=problems(UserNotFound))
def read_events(
    user: CurrentUser,
    page: Page,
    identity: IdentityDep,
    user_id: Annotated[str | None, Query(max_length=128)] = None,
) -> ListAnswer[EventAnswer]:
    """List logins, logouts and failures, the newest first: one's own, or any user's for staff."""
    wanted = user_id or user.user_id
    if wanted != user.user_id and not user.caller.is_staff:
        raise UserNotFound("There is no such user.")
    with identity.store.read() as session:
        whose = user_row(session, wanted)
        if whose.customer_id is not None:
            looked_at(whose.customer_id)
        rows = list_events(session, user_id=wanted, limit=page.limit + 1, after=page.after)
    items, following = page.cut(rows, lambda row: row.id)
    return ListAnswer(items=[EventAnswer.of(row) for row in items], next=following)
