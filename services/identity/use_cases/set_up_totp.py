"""Set an authenticator app up: give its secret, take the first code of it, give recovery codes once.

Who: a user who has proven again who they are. Rule: `domain/totp.py`. Says: `FactorChanged`. A secret that was not
confirmed counts for nothing, so a half-done set-up locks nobody out.
"""

from dataclasses import dataclass, field
from datetime import datetime

from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.totp import TotpAlreadySetUp, TotpNotSetUp, as_typed, otpauth_uri
from services.identity.store.factor_store import keep_totp, new_recovery_codes, use_totp
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.sessions_store import end_sessions
from services.identity.store.tables import TotpRow
from services.identity.store.users_queries import user_row
from services.identity.use_cases.sign_in import SignInDesk
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.contracts.identity import FactorChanged
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


@dataclass(frozen=True, slots=True)
class NewAuthenticator:
    """What an authenticator app is told: as a link (a QR code), or to be typed."""

    uri: str = field(repr=False)
    secret: str = field(repr=False)


def begin_totp(desk: SignInDesk, *, caller: Caller, user_id: str, now: datetime) -> NewAuthenticator:
    """Make a secret that waits for its first code.

    :raises TotpAlreadySetUp: if one is in use
    """
    with desk.store.write() as session:
        row = session.get(TotpRow, user_id)
        if row is not None and row.confirmed_at is not None:
            raise TotpAlreadySetUp
        user = user_row(session, user_id)
        secret = keep_totp(session, keys=desk.keys, user_id=user_id, now=now)
        record_audit(session, caller=caller, command="begin-totp", subject_type="user", subject_id=user_id)
        return NewAuthenticator(otpauth_uri(secret=secret, email=user.email), as_typed(secret))


def confirm_totp(desk: SignInDesk, *, caller: Caller, user_id: str, code: str, now: datetime) -> list[str]:
    """Take the first code; from now on signing in asks for one. Ends the other sessions; gives ten recovery codes.

    :raises TotpNotSetUp: if nothing waits to be confirmed
    :raises InvalidCode: if the code is not the authenticator's
    """
    with desk.store.write() as session:
        row = session.get(TotpRow, user_id)
        if row is None or row.confirmed_at is not None:
            raise TotpNotSetUp
        if not use_totp(session, keys=desk.keys, user_id=user_id, code=code, now=now):
            raise InvalidCode
        row.confirmed_at = now
        session.add(row)
        codes = new_recovery_codes(session, keys=desk.keys, user_id=user_id)
        customer_id, at = user_row(session, user_id).customer_id, format_time(now)
        append_facts(
            session, FactorChanged(user_id=user_id, customer_id=customer_id, factor="totp", change="added", at=at)
        )
        others = [one for one in open_sessions(session, user_id=user_id, now=now) if one.id != caller.session_id]
        end_sessions(session, rows=others, reason="second-factor-set-up", now=now)
        record_audit(session, caller=caller, command="confirm-totp", subject_type="user", subject_id=user_id)
        return codes
