"""User administration: who there is, what they may do, whether they may sign in."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.identity.api.dependencies import CurrentUser, IdentityDep
from services.identity.api.factor_schemas import ResetReason, SentAnswer
from services.identity.api.schemas import ChangeUserRequest, InvitationRequest, PersonRole, UserAnswer
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
from services.identity.store.users_queries import list_users
from services.identity.use_cases.change_user import change_user
from services.identity.use_cases.forget_password import trigger_reset
from services.identity.use_cases.invite_user import invite_user
from shared.clock import now
from shared.errors import Unavailable
from shared.observability.context import looked_at
from shared.web.dependencies import BadVersion, ExpectedVersion, OptionalIdempotencyKey, Page, VersionRequired, etag
from shared.web.problems import problems
from shared.web.schemas import ListAnswer

router = APIRouter(prefix="/api/v1/users", tags=["users"])


@router.get("")
def read_users(
    page: Page,
    identity: IdentityDep,
    role: Annotated[PersonRole | None, Query()] = None,
    status: Annotated[UserStatus | None, Query()] = None,
) -> ListAnswer[UserAnswer]:
    """List the logins."""
    with identity.store.read() as session:
        rows = list_users(session, limit=page.limit + 1, after=page.after, role=role, status=status)
    items, following = page.cut(rows, lambda row: row.id)
    looked_at(*(row.customer_id for row in items if row.customer_id is not None))
    return ListAnswer(items=[UserAnswer.of(row) for row in items], next=following)


@router.post("", status_code=201, responses=problems(InvalidEmail, EmailTaken, InvalidRoles, Unavailable))
def create_user(
    body: InvitationRequest, user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> UserAnswer:
    """Invite a member of staff: a code with which they choose a password is sent to their address."""
    row = invite_user(
        identity.desk,
        caller=user.caller,
        email=body.email,
        roles=body.roles,
        branch_id=body.branch_id,
        now=now(),
    )
    return UserAnswer.of(row)


@router.post("/{user_id}/password-reset", status_code=202, responses=problems(UserNotFound, CodeSentAlready))
def send_password_reset(
    user_id: str, body: ResetReason, user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> SentAnswer:
    """Send somebody a code to reset their password, for a reason that is kept. Nobody sees the code but they."""
    trigger_reset(identity.desk, caller=user.caller, user_id=user_id, reason=body.reason, now=now())
    return SentAnswer(status="sent")


@router.patch(
    "/{user_id}",
    responses=problems(UserNotFound, LastAdmin, InvalidRoles, UserChangedMeanwhile, VersionRequired, BadVersion),
)
def patch_user(
    user_id: str,
    body: ChangeUserRequest,
    version: ExpectedVersion,
    user: CurrentUser,
    identity: IdentityDep,
    response: Response,
) -> UserAnswer:
    """Change a login's roles or status; its sessions end, so that it takes effect at once."""
    with identity.store.write() as session:
        row = change_user(
            session,
            caller=user.caller,
            user_id=user_id,
            version=version,
            roles=body.roles,
            status=body.status,
            now=now(),
        )
        answer = UserAnswer.of(row)
    identity.revocations.poll()
    response.headers["etag"] = etag(answer.version)
    return answer
