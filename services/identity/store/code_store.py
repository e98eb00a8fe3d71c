"""One-time codes: made, and used up. Each call stands in its use case's transaction."""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from services.identity.domain.one_time_code import (
    CODE_LIFE,
    MAX_PER_HOUR,
    CodeSentAlready,
    Purpose,
    SentCode,
    may_be_tried,
    wait_before_next,
)
from services.identity.store.key_files import SigningKeys
from services.identity.store.tables import OneTimeCodeRow
from shared.ids import new_id


def make_code(
    session: Session, *, keys: SigningKeys, user_id: str, purpose: Purpose, now: datetime, context: str | None = None
) -> str:
    """Make a code for a person and a purpose, and give it to be sent; the ones before it for that purpose are void.

    :raises CodeSentAlready: if one was sent less than a minute ago, or ten within the hour
    """
    recent = _codes_since(session, user_id=user_id, purpose=purpose, since=now - timedelta(hours=1))
    wait = wait_before_next(sent_at=[row.created_at for row in recent], now=now)
    if wait > timedelta(0):
        raise CodeSentAlready(retry_after_seconds=max(1, -int(-wait.total_seconds() // 1)))
    for row in recent:
        row.used_at = row.used_at or now
        session.add(row)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row_id = new_id()
    hashed = keys.code_hash(purpose=purpose, owner=row_id, code=code)
    session.add(
        OneTimeCodeRow(
            id=row_id,
            user_id=user_id,
            purpose=purpose,
            code_hash=hashed,
            context=context,
            created_at=now,
            expires_at=now + CODE_LIFE,
        )
    )
    session.flush()
    return code


def use_code(
    session: Session, *, keys: SigningKeys, user_id: str, purpose: Purpose, code: str, now: datetime
) -> OneTimeCodeRow | None:
    """Use the newest code of a purpose up and give its row; None if it is another one, and that try counts.

    A try counts only once it is committed: the caller raises its refusal after the transaction.
    """
    recent = _codes_since(session, user_id=user_id, purpose=purpose, since=now - CODE_LIFE)
    row = recent[0] if recent else None
    hashed = keys.code_hash(purpose=purpose, owner=row.id if row else "nobody", code=code)
    if row is None or not may_be_tried(SentCode(row.expires_at, row.used_at, row.tries), now=now):
        return None
    row.tries += 1
    fits = hmac.compare_digest(row.code_hash, hashed)
    if fits:
        row.used_at = now
    session.add(row)
    session.flush()
    return row if fits else None


def _codes_since(session: Session, *, user_id: str, purpose: Purpose, since: datetime) -> list[OneTimeCodeRow]:
    query = (
        select(OneTimeCodeRow)
        .where(
            OneTimeCodeRow.user_id == user_id,
            OneTimeCodeRow.purpose == purpose,
            col(OneTimeCodeRow.created_at) > since,
        )
        .order_by(col(OneTimeCodeRow.created_at).desc())
        .limit(MAX_PER_HOUR)
        .with_for_update()
    )
    return list(session.exec(query))
