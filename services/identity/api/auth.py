"""Signing in, going on, signing out, and who am I.

An Idempotency-Key is accepted and has no effect here: to replay tokens, secrets would have to be kept. A repeated
login is one more session; a repeated refresh within ten seconds gets the same token by itself.
"""

from fastapi import APIRouter, Response

from services.identity.api.dependencies import DEVICE_HEADER, CurrentDevice, CurrentUser, IdentityDep
from services.identity.api.schemas import LoginRequest, MeAnswer, RefreshRequest, TokenAnswer
from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.session import (
    EmailNotConfirmed,
    InvalidCredentials,
    InvalidRefreshToken,
    SessionNotFound,
)
from services.identity.domain.step_up import SecondFactorRequired
from services.identity.store.factor_store import factors_of
from services.identity.store.users_queries import user_row
from services.identity.use_cases.end_all_sessions import end_all_sessions
from services.identity.use_cases.end_session import end_session
from services.identity.use_cases.refresh_session import refresh_session
from services.identity.use_cases.sign_in import sign_in
from shared.clock import now
from shared.errors import Unavailable
from shared.web.dependencies import OptionalIdempotencyKey
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])


@router.post(
    "/login",
    responses=problems(
        InvalidCredentials, SecondFactorRequired, InvalidCode, EmailNotConfirmed, TooManyTries, Unavailable
    ),
)
def log_in(
    body: LoginRequest,
    device: CurrentDevice,
    identity: IdentityDep,
    response: Response,
    _key: OptionalIdempotencyKey,
) -> TokenAnswer:
    """Begin a session. Unknown address and wrong password answer alike; a new device gets X-Device-Token to keep."""
    tokens = sign_in(identity.desk, email=body.email, password=body.password, otp=body.otp, device=device, now=now())
    if tokens.device_token is not None:
        response.headers[DEVICE_HEADER] = tokens.device_token
    return TokenAnswer.of(tokens)


@router.post("/refresh", responses=problems(InvalidRefreshToken))
def refresh(
    body: RefreshRequest, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> TokenAnswer:
    """Go on with a session: each refresh token works once, and one that is used twice ends the session."""
    try:
        tokens = refresh_session(
            identity.store,
            keys=identity.keys,
            settings=identity.settings,
            refresh_token=body.refresh_token,
            device=device,
            now=now(),
        )
    except InvalidRefreshToken:
        identity.revocations.poll()
        raise
    return TokenAnswer.of(tokens)


@router.post("/logout", status_code=204, responses=problems(SessionNotFound))
def log_out(user: CurrentUser, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey) -> None:
    """End this session."""
    end_session(identity.store, caller=user.caller, session_id=user.session_id, device=device, now=now())
    identity.revocations.poll()


@router.post("/logout-all", status_code=204)
def log_out_everywhere(
    user: CurrentUser, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> None:
    """End every session of the user, this one included."""
    end_all_sessions(identity.store, caller=user.caller, user_id=user.user_id, device=device, now=now())
    identity.revocations.poll()


@router.get("/me")
def read_me(user: CurrentUser, identity: IdentityDep) -> MeAnswer:
    """Say who asks."""
    with identity.store.read() as session:
        row = user_row(session, user.user_id)
        asks = identity.settings.asks_email_code
        factors = factors_of(session, user_id=user.user_id, asks_email_code=asks)
    return MeAnswer(
        user_id=row.id,
        email=row.email,
        roles=row.roles,
        branch_id=row.branch_id,
        customer_id=row.customer_id,
        session_id=user.session_id,
        factors=list(factors),
    )
