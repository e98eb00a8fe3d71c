"""Failed tries, and the devices that are known: what back-off looks at."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, select

from services.identity.domain.back_off import FailedTries, Patience, count_failure, wait_after
from services.identity.domain.session import Device
from services.identity.store.key_files import SigningKeys
from services.identity.store.tables import DeviceRow, FailedTriesRow, SessionRow


def known_device(session: Session, *, keys: SigningKeys, device: Device, user_id: str | None) -> DeviceRow | None:
    """Find the device if this person signed in from it before."""
    if not device.token:
        return None
    row = session.get(DeviceRow, keys.device_token_hash(device.token))
    return row if row is not None and row.user_id == user_id else None


def is_new_device(session: Session, *, device: Device, user_id: str) -> bool:
    """Tell whether a person never had a session from this address with this program."""
    seen = select(SessionRow.id).where(
        SessionRow.user_id == user_id, SessionRow.agent == device.agent, SessionRow.address == device.address
    )
    return session.exec(seen.limit(1)).first() is None


def remember_device(
    session: Session, *, keys: SigningKeys, device: Device, known: DeviceRow | None, user_id: str, now: datetime
) -> str | None:
    """Note that a person signed in from a device; gives the token that a new one shall keep, else None."""
    if known is not None:
        known.last_seen_at = now
        session.add(known)
        return None
    token = secrets.token_urlsafe(32)
    session.add(
        DeviceRow(
            token_hash=keys.device_token_hash(token),
            user_id=user_id,
            name=device.name,
            first_seen_at=now,
            last_seen_at=now,
        )
    )
    return token


def wait_of(session: Session, *, subjects: Sequence[tuple[str, Patience]], now: datetime) -> timedelta:
    """Give the longest wait of some subjects."""
    waits = [wait_after(_tries(session, name), patience=patience, now=now) for name, patience in subjects]
    return max(waits, default=timedelta(0))


def note_failure(session: Session, *, subjects: Sequence[str], now: datetime) -> None:
    """Count one more failure of each subject."""
    for name in sorted(subjects):
        after = count_failure(_tries(session, name), now=now)
        row = session.get(FailedTriesRow, name) or FailedTriesRow(subject=name, failures=0, last_failed_at=now)
        row.failures, row.last_failed_at = after.failures, after.last_failed_at
        session.add(row)
    session.flush()


def forget_failures(session: Session, *, subject: str) -> None:
    """Begin anew with a subject that succeeded."""
    row = session.get(FailedTriesRow, subject)
    if row is not None:
        session.delete(row)


def _tries(session: Session, subject: str) -> FailedTries | None:
    row = session.get(FailedTriesRow, subject)
    return FailedTries(row.failures, row.last_failed_at) if row is not None else None
