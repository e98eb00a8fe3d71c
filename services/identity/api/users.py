"""User administration: who there is, what they may do, whether they may sign in."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlmodel import Session

from services.identity.api.dependencies import CurrentUser, IdentityDep
from services.identity.api.factor_schemas import ResetReason, SentAnswer
from services.identity.api.schemas import (
    ChangeUserRequest,
    InvitationRequest,
    PersonRole,
    UserAnswer,
    UserList,
    WaitingAnswer,
)
from services.identity.domain.email import InvalidEmail
from services.identity.domain.one_time_code import CodeSentAlready
from services.identity.domain.user import (
    EmailTaken,
    InvalidRoles,
    LastAdmin,
    UserChangedMeanwhile,
    UserNotFound,
    UserStatus,
)
from services.identity.store.tables import PendingCommandRow
from services.identity.store.users_queries import list_users
from services.identity.use_cases.forget_password import trigger_reset
from services.identity.use_cases.invite_user import invite_user, write_invitation
from services.identity.use_cases.propose_user_change import propose_user_change
from shared.clock import now
from shared.errors import Unavailable
from shared.observability.context import looked_at
from shared.web.dependencies import BadVersion, ExpectedVersion, OptionalIdempotencyKey, Page, VersionRequired, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/users", tags=["users"])
WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": WaitingAnswer, "description": "Waits for a second person; nothing is done yet"}
}


@router.get("")
def read_users(
    page: Page,
    identity: IdentityDep,
    role: Annotated[PersonRole | None, Query()] = None,
    status: Annotated[UserStatus | None, Query()] = None,
) -> UserList:
    """List the logins."""
    with identity.store.read() as session:
        rows = list_users(session, limit=page.limit + 1, after=page.after, role=role, status=status)
    items, following = page.cut(rows, lambda row: row.id)
    looked_at(*(row.customer_id for row in items if row.customer_id is not None))
    return UserList.of(items, following)


@router.post(
    "",
    status_code=201,
    response_model=UserAnswer,
    responses={**problems(InvalidEmail, EmailTaken, InvalidRoles, Unavailable), **WAITS},
)
def create_user(
    body: InvitationRequest, request: Request, user: CurrentUser, identity: IdentityDep, key: OptionalIdempotencyKey
) -> Response:
    """Invite a member of staff: a code with which they choose a password is sent to their address.

    Where a role is checked, there is no login before a second person approved (202).
    """
    desk = identity.desk
    invitation = write_invitation(desk, email=body.email, roles=body.roles, branch_id=body.branch_id)

    def command(session: Session) -> UserAnswer | WaitingAnswer:
        row = invite_user(session, desk=desk, caller=user.caller, invitation=invitation, now=now())
        return WaitingAnswer.of(row) if isinstance(row, PendingCommandRow) else UserAnswer.of(row)

    return answer_once(
        identity.store,
        caller=user.caller,
        request=request,
        key=key,
        body=body,
        status=lambda answer: 202 if isinstance(answer, WaitingAnswer) else 201,
        command=command,
    )


@router.post("/{user_id}/password-reset", status_code=202, responses=problems(UserNotFound, CodeSentAlready))
def send_password_reset(
    user_id: str, body: ResetReason, user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> SentAnswer:
    """Send somebody a code to reset their password, for a reason that is kept. Nobody sees the code but they."""
    trigger_reset(identity.desk, caller=user.caller, user_id=user_id, reason=body.reason, now=now())
    return SentAnswer(status="sent")


@router.patch(
    "/{user_id}",
    response_model=UserAnswer,
    responses={
        **problems(UserNotFound, LastAdmin, InvalidRoles, UserChangedMeanwhile, VersionRequired, BadVersion),
        **WAITS,
    },
)
def patch_user(
    user_id: str,
    body: ChangeUserRequest,
    version: ExpectedVersion,
    user: CurrentUser,
    identity: IdentityDep,
    response: Response,
) -> UserAnswer | Response:
    """Change a login's roles or status; its sessions end, so that it takes effect at once.

    What gives or takes a role that the bank checks, or gives yourself one, waits for a second person (202).
    """
    with identity.store.write() as session:
        row = propose_user_change(
            session,
            settings=identity.settings,
            caller=user.caller,
            user_id=user_id,
            version=version,
            roles=body.roles,
            status=body.status,
            now=now(),
            reason=body.reason,
        )
        if isinstance(row, PendingCommandRow):
            return JSONResponse(WaitingAnswer.of(row).model_dump(mode="json"), status_code=202)
        answer = UserAnswer.of(row)
    identity.revocations.poll()
    response.headers["etag"] = etag(answer.version)
    return answer
