"""Prove once more who one is, within a session: before money, a factor, the address or the balance is touched.

Who: a user, with the password; with a code of the second factor where one is set up or asked by mail.
Rule: `domain/step_up.py`. Says: nothing; the sign-in log gets a failure.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.identity.domain.back_off import Patience, check_wait
from services.identity.domain.one_time_code import CODE_LIFE
from services.identity.domain.password import normalise_password
from services.identity.domain.session import Device
from services.identity.domain.step_up import ReauthenticationFailed, SecondFactorRequired
from services.identity.store.code_store import make_code
from services.identity.store.factor_store import factors_of, use_factor
from services.identity.store.sessions_store import log_event
from services.identity.store.tries_store import forget_failures, note_failure, wait_of
from services.identity.store.users_queries import user_row
from services.identity.use_cases.sign_in import SignInDesk


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person proves themself with: the password, or a code of the second factor."""

    password: str | None = field(default=None, repr=False)
    otp: str | None = field(default=None, repr=False)


def reauthenticate(
    desk: SignInDesk, *, user_id: str, session_id: str, proof: Proof, device: Device, now: datetime
) -> None:
    """Check a proof; failures count for the session, whose next tries wait longer each time.

    :raises SecondFactorRequired: if this login proves itself with a code, and none came
    :raises ReauthenticationFailed: if the proof is wrong
    :raises TooManyTries: if so many failed that the next one has to wait
    """
    subject = desk.keys.tries_subject("session", session_id)
    patience = Patience(desk.settings.free_tries, timedelta(seconds=desk.settings.longest_wait_seconds))
    with desk.store.read() as session:
        row = user_row(session, user_id)
        factors = factors_of(session, user_id=user_id, asks_email_code=desk.settings.asks_email_code)
        wait = wait_of(session, subjects=[(subject, patience)], now=now)
    check_wait(wait)
    if factors and proof.otp is None:
        raise SecondFactorRequired(factors=factors)
    if not factors and proof.password is None:
        raise ReauthenticationFailed("Your password is needed.", needs=["password"])
    fits = factors != [] or desk.hashes.verify(normalise_password(proof.password or ""), row.password_hash)[0]
    with desk.store.write() as session:
        if factors:
            otp, keys = proof.otp or "", desk.keys
            fits = use_factor(
                session, keys=keys, user_id=user_id, factor=factors[0], code=otp, purpose="reauthenticate", now=now
            )
        if fits:
            forget_failures(session, subject=subject)
        else:
            note_failure(session, subjects=[subject], now=now)
            log_event(
                session,
                kind="failure",
                device=device,
                now=now,
                user_id=user_id,
                session_id=session_id,
                reason="reauthentication-failed",
            )
    if not fits:
        raise ReauthenticationFailed(needs=[*factors] or ["password"])


def send_reauthentication_code(desk: SignInDesk, *, user_id: str, now: datetime) -> None:
    """Send the code that proves a person again who has no authenticator.

    :raises CodeSentAlready: if one was sent a moment ago
    """
    with desk.store.write() as session:
        row = user_row(session, user_id)
        code = make_code(session, keys=desk.keys, user_id=user_id, purpose="reauthenticate", now=now)
        email = row.email
    desk.mailer.send_soon(email=email, mail="reauthenticate", code=code, valid_until=now + CODE_LIFE)
