"""Let mails that waited for the mail server go at once, instead of at the end of their pause.

Who: the worker's schedule, when the mail server answers again. Rule: `domain/delivery.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.notifications.store.delivery_store import hurry_jobs


def hurry_mails(session: Session, *, now: datetime) -> int:
    """Make their jobs due and give how many; the sweeper sends them."""
    return hurry_jobs(session, now=now)
