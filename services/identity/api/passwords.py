"""Passwords: changed by who knows the present one, reset by who reads the mailbox."""

from fastapi import APIRouter

from services.identity.api.dependencies import CurrentDevice, CurrentUser, IdentityDep
from services.identity.api.factor_schemas import EmailRequest, PasswordChangeRequest, PasswordResetRequest, SentAnswer
from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.password import (
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    PasswordUnchanged,
    WrongPassword,
)
from services.identity.use_cases.change_password import change_password
from services.identity.use_cases.forget_password import forget_password
from services.identity.use_cases.reset_password import reset_password
from shared.clock import now
from shared.errors import Unavailable
from shared.web.dependencies import OptionalIdempotencyKey
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/auth/password", tags=["auth"])
_REFUSED = (PasswordTooShort, PasswordTooLong, PasswordTooCommon)


@router.post("/change", status_code=204, responses=problems(WrongPassword, PasswordUnchanged, *_REFUSED, Unavailable))
def change_own_password(
    body: PasswordChangeRequest,
    user: CurrentUser,
    device: CurrentDevice,
    identity: IdentityDep,
    _key: OptionalIdempotencyKey,
) -> None:
    """Change the password; the user's other sessions end."""
    change_password(
        identity.store,
        hashes=identity.hashes,
        caller=user.caller,
        user_id=user.user_id,
        current_password=body.current_password,
        new_password=body.new_password,
        device=device,
        asks_email_code=identity.settings.asks_email_code,
        now=now(),
    )
    identity.revocations.poll()


@router.post("/forgot", status_code=202)
def ask_for_reset(body: EmailRequest, identity: IdentityDep, _key: OptionalIdempotencyKey) -> SentAnswer:
    """Send a code to reset a forgotten password. Every address is answered alike, and at once."""
    desk, moment = identity.desk, now()
    identity.mailer.do_soon(lambda: forget_password(desk, email=body.email, now=moment))
    return SentAnswer(status="sent-if-known")


@router.post("/reset", status_code=204, responses=problems(InvalidCode, *_REFUSED, TooManyTries, Unavailable))
def reset_own_password(
    body: PasswordResetRequest, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> None:
    """Choose a new password with the code from the mailbox; every session of the login ends."""
    reset_password(
        identity.desk, email=body.email, code=body.code, new_password=body.new_password, device=device, now=now()
    )
    identity.revocations.poll()
