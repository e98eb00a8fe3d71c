"""Second factors, proving again who one is, and the approval of single commands."""

from datetime import timedelta

from fastapi import APIRouter

from services.identity.api.dependencies import CurrentDevice, CurrentUser, IdentityDep, StepUpToken
from services.identity.api.factor_schemas import (
    AuthenticatorAnswer,
    CodeRequest,
    PrivacyAnswer,
    PrivacyRequest,
    ProofRequest,
    ProvenAnswer,
    RecoveryCodesAnswer,
    SentAnswer,
    StepUpAnswer,
    StepUpRequest,
)
from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import CodeSentAlready, InvalidCode
from services.identity.domain.step_up import ReauthenticationFailed, SecondFactorRequired
from services.identity.domain.totp import FactorNeeded, TotpAlreadySetUp, TotpNotSetUp, qr_code_svg
from services.identity.store.users_queries import user_row
from services.identity.use_cases.hide_balance import hide_balance
from services.identity.use_cases.issue_step_up import issue_step_up
from services.identity.use_cases.reauthenticate import reauthenticate, send_reauthentication_code
from services.identity.use_cases.remove_totp import remove_totp
from services.identity.use_cases.set_up_totp import begin_totp, confirm_totp
from services.identity.use_cases.take_step_up import take_step_up
from shared.clients.step_up import StepUpRequired, StepUpSubject
from shared.clock import now
from shared.errors import Unavailable
from shared.web.dependencies import OptionalIdempotencyKey
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])
PROVEN_FOR = timedelta(minutes=5)
_PROOF = (SecondFactorRequired, ReauthenticationFailed, TooManyTries, Unavailable)


@router.post("/step-up", responses=problems(*_PROOF))
def approve(
    body: StepUpRequest, user: CurrentUser, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> StepUpAnswer:
    """Approve one command: prove again who you are, for a token of exactly this action, amount and payee."""
    token, expires_at = issue_step_up(
        identity.desk,
        caller=user.caller,
        user_id=user.user_id,
        session_id=user.session_id,
        subject=body.to_subject(),
        proof=body.to_proof(),
        device=device,
        now=now(),
    )
    return StepUpAnswer(step_up_token=token, expires_at=expires_at)


@router.post("/reauthenticate", responses=problems(*_PROOF))
def prove_again(
    body: ProofRequest, user: CurrentUser, device: CurrentDevice, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> ProvenAnswer:
    """Prove again who you are, so that a screen may show what you keep hidden."""
    moment = now()
    reauthenticate(
        identity.desk,
        user_id=user.user_id,
        session_id=user.session_id,
        proof=body.to_proof(),
        device=device,
        now=moment,
    )
    return ProvenAnswer(proven_until=moment + PROVEN_FOR)


@router.post("/code", status_code=202, responses=problems(CodeSentAlready))
def send_code(user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey) -> SentAnswer:
    """Send the code that proves you again, if you have no authenticator."""
    send_reauthentication_code(identity.desk, user_id=user.user_id, now=now())
    return SentAnswer(status="sent")


@router.get("/privacy")
def read_privacy(user: CurrentUser, identity: IdentityDep) -> PrivacyAnswer:
    """Say whether you keep your balance hidden."""
    with identity.store.read() as session:
        return PrivacyAnswer(hides_balance=user_row(session, user.user_id).hides_balance)


@router.put("/privacy", responses=problems(*_PROOF))
def change_privacy(
    body: PrivacyRequest, user: CurrentUser, device: CurrentDevice, identity: IdentityDep
) -> PrivacyAnswer:
    """Hide your balance on screens; to show it from now on, prove again who you are."""
    with identity.store.read() as session:
        hidden = user_row(session, user.user_id).hides_balance
    if hidden and not body.hides_balance:
        # Else whoever finds the screen open would switch it off instead of asking to see the balance.
        reauthenticate(
            identity.desk,
            user_id=user.user_id,
            session_id=user.session_id,
            proof=body.to_proof(),
            device=device,
            now=now(),
        )
    hide_balance(identity.store, caller=user.caller, user_id=user.user_id, hides=body.hides_balance)
    return PrivacyAnswer(hides_balance=body.hides_balance)


@router.post("/totp", status_code=201, responses=problems(StepUpRequired, TotpAlreadySetUp, Unavailable))
def set_up_authenticator(
    user: CurrentUser, identity: IdentityDep, step_up: StepUpToken, _key: OptionalIdempotencyKey
) -> AuthenticatorAnswer:
    """Begin to set an authenticator app up; it counts once its first code was confirmed. Step-up: `set-up-totp`."""
    take_step_up(
        identity.store, raw=step_up, subject=StepUpSubject("set-up-totp"), caller=user.caller, keys=identity.key_set,
        now=now(),
    )  # fmt: skip
    made = begin_totp(identity.desk, caller=user.caller, user_id=user.user_id, now=now())
    return AuthenticatorAnswer(uri=made.uri, secret=made.secret, qr_svg=qr_code_svg(made.uri))


@router.post("/totp/confirm", responses=problems(TotpNotSetUp, InvalidCode))
def confirm_authenticator(
    body: CodeRequest, user: CurrentUser, identity: IdentityDep, _key: OptionalIdempotencyKey
) -> RecoveryCodesAnswer:
    """Take the first code of the authenticator; your other sessions end. Keep the recovery codes somewhere safe."""
    codes = confirm_totp(identity.desk, caller=user.caller, user_id=user.user_id, code=body.code, now=now())
    identity.revocations.poll()
    return RecoveryCodesAnswer(recovery_codes=codes)


@router.delete("/totp", status_code=204, responses=problems(StepUpRequired, TotpNotSetUp, FactorNeeded, Unavailable))
def remove_authenticator(user: CurrentUser, identity: IdentityDep, step_up: StepUpToken) -> None:
    """Remove the authenticator and its recovery codes. Step-up: `remove-totp`."""
    moment = now()
    take_step_up(
        identity.store, raw=step_up, subject=StepUpSubject("remove-totp"), caller=user.caller, keys=identity.key_set,
        now=moment,
    )  # fmt: skip
    remove_totp(identity.desk, caller=user.caller, user_id=user.user_id, now=moment)
