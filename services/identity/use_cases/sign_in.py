"""Sign in with an e-mail address, a password and, where there is one, a second factor.

Who: anyone. Rule: `domain/session.py`, `domain/back_off.py`. Says: `SignedInOnNewDevice` when it is one; the sign-in
log gets a login or a failure.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import Counter
from sqlmodel import Session

from services.identity.clients.notifications import CodeMailer
from services.identity.domain.back_off import Patience, check_wait
from services.identity.domain.claims import user_claims
from services.identity.domain.email import email_as_typed
from services.identity.domain.one_time_code import CODE_LIFE, CodeSentAlready, InvalidCode
from services.identity.domain.password import normalise_password
from services.identity.domain.session import Device, EmailNotConfirmed, InvalidCredentials, is_loopback
from services.identity.domain.step_up import SecondFactorRequired
from services.identity.settings import IdentitySettings
from services.identity.store.code_store import make_code
from services.identity.store.factor_store import factors_of, use_factor
from services.identity.store.key_files import SigningKeys, new_refresh_token
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.sessions_store import begin_session, log_event
from services.identity.store.tables import DeviceRow, UserRow
from services.identity.store.tries_store import (
    forget_failures,
    is_new_device,
    known_device,
    note_failure,
    remember_device,
    wait_of,
)
from services.identity.store.users_queries import user_row_by_email
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import SignedInOnNewDevice
from shared.errors import Unauthenticated
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.outbox import append_facts

SIGN_INS = Counter("bank_sign_ins_total", "Sign-ins by result: signed-in or why not.", ["result"])
_NO_PASSWORD = ("wrong-password", "unknown-user", "suspended")
_MORE = ("second-factor-required", "invalid-code", "email-not-confirmed")
for _result in ("signed-in", *_NO_PASSWORD, *_MORE):
    SIGN_INS.labels(_result)  # a series that is there can be seen to stay at zero


@dataclass(frozen=True, slots=True)
class IssuedTokens:
    """What a sign-in or a refresh gives. `expires_in` is the access token's life in seconds."""

    access_token: str = field(repr=False)
    expires_in: int
    refresh_token: str = field(repr=False)
    device_token: str | None = field(default=None, repr=False)
    """For a device that had none: it presents it from now on, and nobody's failures elsewhere make it wait."""


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """What signing in needs."""

    store: Store
    hashes: PasswordHashes
    keys: SigningKeys
    settings: IdentitySettings
    mailer: CodeMailer


@dataclass(frozen=True, slots=True)
class _Try:
    """One try: who it says it is, from where, and what counts its failures."""

    email: str
    otp: str | None
    device: Device
    known: DeviceRow | None
    account_subject: str
    address_subject: str | None
    now: datetime

    @property
    def subjects(self) -> list[str]:
        return [self.account_subject, *([self.address_subject] if self.address_subject else [])]


def sign_in(
    desk: SignInDesk, *, email: str, password: str, otp: str | None = None, device: Device, now: datetime
) -> IssuedTokens:
    """Begin a session. Unknown address, wrong password and suspended answer alike, in about the same time.

    :raises InvalidCredentials: if one of the three is so
    :raises SecondFactorRequired: if the password is right and a code is missing; one by mail is then on its way
    :raises InvalidCode: if the code is another
    :raises EmailNotConfirmed: if the password is right and the address was never confirmed
    :raises TooManyTries: if so many failed that the next one has to wait
    :raises Unavailable: if too many sign in at once
    """
    address = email_as_typed(email)
    with desk.store.read() as session:
        row = user_row_by_email(session, address)
        password_hash = row.password_hash if row else None
        attempt = _attempt(session, desk, row=row, email=address, otp=otp, device=device, now=now)
        wait = wait_of(session, subjects=_patience(desk.settings, attempt), now=now)
    check_wait(wait)
    # Outside every transaction: a hash takes longer than a hundred transactions, and writers would wait for it.
    fits, renewed = desk.hashes.verify(normalise_password(password), password_hash)
    with desk.store.write() as session:
        row = user_row_by_email(session, address)
        # Read again: the password or the status may have changed while the hash was computed.
        if fits and row and row.password_hash == password_hash and row.status == "active":
            row.password_hash = renewed or row.password_hash
            done = _prove_and_begin(session, desk, row=row, attempt=attempt)
            result = "signed-in" if isinstance(done, IssuedTokens) else done.code.partition(".")[2]
        else:
            done = InvalidCredentials()
            result = "suspended" if row and fits else "wrong-password" if row else "unknown-user"
            _note_failure(session, desk, row=row, attempt=attempt, reason=result)
    SIGN_INS.labels(result).inc()
    if isinstance(done, IssuedTokens):
        return done
    raise done


def _attempt(
    session: Session,
    desk: SignInDesk,
    *,
    row: UserRow | None,
    email: str,
    otp: str | None,
    device: Device,
    now: datetime,
) -> _Try:
    known = known_device(session, keys=desk.keys, device=device, user_id=row.id if row else None)
    at = known.token_hash if known else "unknown devices"
    # In the sandbox everybody is at the one machine.
    address_counts = not (desk.settings.is_sandbox and is_loopback(device.address))
    return _Try(
        email=email,
        otp=otp,
        device=device,
        known=known,
        account_subject=desk.keys.tries_subject("account", email, at),
        address_subject=desk.keys.tries_subject("address", device.address) if address_counts else None,
        now=now,
    )


def _patience(settings: IdentitySettings, attempt: _Try) -> list[tuple[str, Patience]]:
    longest = timedelta(seconds=settings.longest_wait_seconds)
    found = [(attempt.account_subject, Patience(settings.free_tries, longest))]
    if attempt.address_subject:
        found.append((attempt.address_subject, Patience(settings.free_tries_per_address, longest)))
    return found


def _prove_and_begin(
    session: Session, desk: SignInDesk, *, row: UserRow, attempt: _Try
) -> IssuedTokens | Unauthenticated | InvalidCode:
    """Ask for what is still missing, or begin. What is refused is given back: the count of tries must be committed."""
    if row.email_unconfirmed and desk.settings.confirms_email:
        return EmailNotConfirmed()
    factors = factors_of(session, user_id=row.id, asks_email_code=desk.settings.asks_email_code)
    if factors and attempt.otp is None:
        if factors == ["email"]:
            _send_code(session, desk, row=row, now=attempt.now)
        return SecondFactorRequired(factors=factors)
    if factors:
        keys, now = desk.keys, attempt.now
        right = use_factor(
            session, keys=keys, user_id=row.id, factor=factors[0], code=attempt.otp or "", purpose="sign-in", now=now
        )
        if not right:
            _note_failure(session, desk, row=row, attempt=attempt, reason="wrong-code")
            return InvalidCode()
    return _begin(session, desk, row=row, attempt=attempt)


def _send_code(session: Session, desk: SignInDesk, *, row: UserRow, now: datetime) -> None:
    try:
        code = make_code(session, keys=desk.keys, user_id=row.id, purpose="sign-in", now=now)
    except CodeSentAlready:
        return  # the one that was sent a moment ago is still good
    desk.mailer.send_soon(email=row.email, mail="sign-in", code=code, valid_until=now + CODE_LIFE)


def _note_failure(session: Session, desk: SignInDesk, *, row: UserRow | None, attempt: _Try, reason: str) -> None:
    note_failure(session, subjects=attempt.subjects, now=attempt.now)
    log_event(
        session,
        kind="failure",
        device=attempt.device,
        now=attempt.now,
        user_id=row.id if row else None,
        email_hash=None if row else desk.keys.email_hash(attempt.email),
        reason=reason,
    )


def _begin(session: Session, desk: SignInDesk, *, row: UserRow, attempt: _Try) -> IssuedTokens:
    device, now, settings = attempt.device, attempt.now, desk.settings
    refresh_token = new_refresh_token()
    is_new = row.first_signed_in_at is not None and attempt.known is None
    is_new = is_new and is_new_device(session, device=device, user_id=row.id)
    row.first_signed_in_at = row.first_signed_in_at or now
    session.add(row)
    forget_failures(session, subject=attempt.account_subject)
    begun = begin_session(
        session, user_id=row.id, device=device, refresh_token=refresh_token, settings=settings, now=now
    )
    known = session.get(DeviceRow, attempt.known.token_hash) if attempt.known else None
    device_token = remember_device(session, keys=desk.keys, device=device, known=known, user_id=row.id, now=now)
    if is_new:
        fact = SignedInOnNewDevice(
            user_id=row.id, customer_id=row.customer_id, session_id=begun.id, device=device.name, at=format_time(now)
        )
        append_facts(session, fact)
    log_event(session, kind="login", device=device, now=now, user_id=row.id, session_id=begun.id)
    caller = Caller(user_id=row.id, roles=frozenset(row.roles), session_id=begun.id)
    record_audit(session, caller=caller, command="sign-in", subject_type="session", subject_id=begun.id)
    access_token = access_token_of(
        row, session_id=begun.id, keys=desk.keys, life_seconds=settings.access_token_seconds, now=now
    )
    return IssuedTokens(access_token, settings.access_token_seconds, refresh_token, device_token)


def access_token_of(row: UserRow, *, session_id: str, keys: SigningKeys, life_seconds: int, now: datetime) -> str:
    """Give an access token with the roles that the user has now."""
    claims = user_claims(
        user_id=row.id,
        customer_id=row.customer_id,
        roles=tuple(row.roles),
        branch_id=row.branch_id,
        session_id=session_id,
        issued_at=now,
        life_seconds=life_seconds,
    )
    return keys.sign(claims, typ="at+jwt")
