"""Give a step-up token: the person has proven again who they are, for one command.

Who: a user, by the proof of `reauthenticate`. Rule: `domain/step_up.py`; who takes the token checks it with
`shared/clients/step_up.py` and takes it once. Says: nothing.
"""

from datetime import datetime, timedelta

from services.identity.domain.claims import AUDIENCE, token_frame
from services.identity.domain.session import Device
from services.identity.domain.step_up import step_up_claims
from services.identity.use_cases.reauthenticate import Proof, reauthenticate
from services.identity.use_cases.sign_in import SignInDesk
from shared.clients.step_up import STEP_UP_TYPE, StepUpSubject
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit


def issue_step_up(
    desk: SignInDesk,
    *,
    caller: Caller,
    user_id: str,
    session_id: str,
    subject: StepUpSubject,
    proof: Proof,
    device: Device,
    now: datetime,
) -> tuple[str, datetime]:
    """Give a token for exactly this subject and session, and when it expires (300 s at most).

    :raises SecondFactorRequired: or ReauthenticationFailed, TooManyTries: as `reauthenticate`
    """
    reauthenticate(desk, user_id=user_id, session_id=session_id, proof=proof, device=device, now=now)
    seconds, token_id = desk.settings.step_up_seconds, new_id()
    claims = step_up_claims(
        user_id=user_id,
        session_id=session_id,
        token_id=token_id,
        action=subject.action,
        subject_hash=subject.hash,
        frame=token_frame(AUDIENCE, now, seconds),
    )
    with desk.store.write() as session:
        record_audit(
            session,
            caller=caller,
            command="step-up",
            subject_type="step-up",
            subject_id=token_id,
            after={"action": subject.action, "amount_minor": subject.amount_minor, "currency": subject.currency},
        )
    return desk.keys.sign(claims, typ=STEP_UP_TYPE), now + timedelta(seconds=seconds)
