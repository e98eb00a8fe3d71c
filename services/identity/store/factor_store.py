"""Second factors of a person: which they have, and whether a code is one of theirs."""

import base64
import secrets
from datetime import datetime
from typing import Literal

from sqlalchemy import delete
from sqlmodel import Session, col, select

from services.identity.domain.one_time_code import Purpose
from services.identity.domain.totp import RECOVERY_CODES, SECRET_BYTES, matching_step, tidy_recovery_code
from services.identity.store.code_store import use_code
from services.identity.store.key_files import SigningKeys
from services.identity.store.tables import RecoveryCodeRow, TotpRow

Factor = Literal["totp", "email"]
_RECOVERY = "recovery"


def factors_of(session: Session, *, user_id: str, asks_email_code: bool) -> list[Factor]:
    """List the factors that a person has to prove: the authenticator, else a code by mail where the bank asks one."""
    row = session.get(TotpRow, user_id)
    if row is not None and row.confirmed_at is not None:
        return ["totp"]
    return ["email"] if asks_email_code else []


def use_factor(
    session: Session, *, keys: SigningKeys, user_id: str, factor: Factor, code: str, purpose: Purpose, now: datetime
) -> bool:
    """Use a code of a factor up, or a recovery code instead of the authenticator's; False if it is none."""
    if factor == "email":
        return use_code(session, keys=keys, user_id=user_id, purpose=purpose, code=code, now=now) is not None
    return use_totp(session, keys=keys, user_id=user_id, code=code, now=now) or _use_recovery_code(
        session, keys=keys, user_id=user_id, code=code, now=now
    )


def keep_totp(session: Session, *, keys: SigningKeys, user_id: str, now: datetime) -> bytes:
    """Make an authenticator's secret that waits to be confirmed, in place of one that waited; gives the secret."""
    secret = secrets.token_bytes(SECRET_BYTES)
    row = session.get(TotpRow, user_id) or TotpRow(user_id=user_id, sealed_secret="", created_at=now)
    row.sealed_secret, row.created_at, row.confirmed_at, row.last_step = keys.seal(secret, owner=user_id), now, None, 0
    session.add(row)
    session.flush()
    return secret


def use_totp(session: Session, *, keys: SigningKeys, user_id: str, code: str, now: datetime) -> bool:
    """Use a code of the authenticator up, confirmed or not; each 30-second step is good for one use."""
    row = session.get(TotpRow, user_id, with_for_update=True)
    if row is None:
        return False
    secret = keys.unseal(row.sealed_secret, owner=user_id)
    step = matching_step(secret=secret, code=code, last_step=row.last_step, now=now)
    if step is None:
        return False
    row.last_step = step
    session.add(row)
    session.flush()
    return True


def remove_totp(session: Session, *, user_id: str) -> None:
    """Forget the authenticator and its recovery codes."""
    session.execute(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.user_id) == user_id))
    session.execute(delete(TotpRow).where(col(TotpRow.user_id) == user_id))


def new_recovery_codes(session: Session, *, keys: SigningKeys, user_id: str) -> list[str]:
    """Make ten recovery codes in place of the ones before, and give them: they are shown once and kept hashed."""
    session.execute(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.user_id) == user_id))
    codes = [base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]
    for code in codes:
        hashed = keys.code_hash(purpose=_RECOVERY, owner=user_id, code=code)
        session.add(RecoveryCodeRow(code_hash=hashed, user_id=user_id))
    session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _use_recovery_code(session: Session, *, keys: SigningKeys, user_id: str, code: str, now: datetime) -> bool:
    hashed = keys.code_hash(purpose=_RECOVERY, owner=user_id, code=tidy_recovery_code(code))
    query = select(RecoveryCodeRow).where(RecoveryCodeRow.code_hash == hashed, RecoveryCodeRow.user_id == user_id)
    row = session.exec(query.with_for_update()).first()
    if row is None or row.used_at is not None:
        return False
    row.used_at = now
    session.add(row)
    session.flush()
    return True
