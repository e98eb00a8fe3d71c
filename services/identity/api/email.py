"""E-mail addresses: confirmed by a code that their mailbox gets."""

from fastapi import APIRouter

from services.identity.api.dependencies import CurrentUser, IdentityDep, StepUpToken
from services.identity.api.factor_schemas import CodeRequest, EmailCodeRequest, EmailRequest, SentAnswer
from services.identity.domain.email import InvalidEmail, email_as_typed
from services.identity.domain.one_time_code import CodeSentAlready, InvalidCode
from services.identity.domain.user import EmailTaken
from services.identity.use_cases.confirm_email import (
    begin_email_change,
    confirm_email,
    finish_email_change,
    send_confirmation,
)
from services.identity.use_cases.take_step_up import take_step_up
from shared.clients.step_up import StepUpRequired, StepUpSubject
from shared.clock import now
from shared.errors import Unavailable
from shared.web.dependencies import OptionalIdempotencyKey
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/auth/email", tags=["auth"])


@router.post("/confirm", status_code=204, responses=problems(InvalidCode))
def confirm_own_email(body: EmailCodeRequest, identity: IdentityDep, _key: OptionalIdempotencyKey) -> None:
    """Confirm the address of a new login with the code that was sent to it."""
    confirm_email(identity.desk, email=body.email, code=body.code, now=now())


@router.post("/resend", status_code=202)
def send_confirmation_again(body: EmailRequest, identity: IdentityDep, _key: OptionalIdempotencyKey) -> SentAnswer:
    """Send the code again. Every address is answered alike, and at once."""
    desk, moment = identity.desk, now()
    identity.mailer.do_soon(lambda: send_confirmation(desk, email=body.email, now=moment))
    return SentAnswer(status="sent-if-known")


@router.post("/change", status_code=202, responses=problems(StepUpRequired, InvalidEmail, CodeSentAlready, Unavailable))
def ask_for_change(
    body: EmailRequest, user: CurrentUser, identity: IdentityDep, step_up: StepUpToken, _key: OptionalIdempotencyKey
) -> SentAnswer:
    """Send a code to the address that you want to sign in with. Step-up: `change-email`, the address as payee."""
    subject = StepUpSubject("change-email", payee=email_as_typed(body.email))
    take_step_up(identity.store, raw=step_up, subject=subject, caller=user.caller, keys=identity.key_set, now=now())
    begin_email_change(identity.desk, caller=user.caller, user_id=user.user_id, new_email=body.email, now=now())
    return SentAnswer(status="sent")


@router.post("/change/confirm", status_code=204, responses=problems(InvalidCode, EmailTaken))
def finish_change(body: CodeRequest, user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey) -> None:
    """Sign in with the new address from now on."""
    finish_email_change(identity.desk, caller=user.caller, user_id=user.user_id, code=body.code, now=now())
