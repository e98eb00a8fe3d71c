"""Writing deliveries: each step is its own short transaction, so that a crash leaves a true record."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, select

from services.notifications.domain.delivery import SERVER_DOWN
from services.notifications.store.tables import PLUMBING, DeliveryRow


def get_delivery(session: Session, *, delivery_id: str) -> DeliveryRow:
    """Give a delivery; its job names it, so it exists.

    :raises LookupError: if it does not
    """
    delivery = session.get(DeliveryRow, delivery_id)
    if delivery is None:
        raise LookupError(f"There is no delivery {delivery_id}.")
    return delivery


def keep_delivery(session: Session, delivery: DeliveryRow) -> None:
    """Write a changed delivery."""
    session.add(delivery)
    session.flush()


def hurry_jobs(session: Session, *, now: datetime) -> int:
    """Make the jobs due whose mails only waited for the mail server; gives how many."""
    jobs = PLUMBING.jobs
    waiting = select(DeliveryRow.id).where(DeliveryRow.state == "queued", DeliveryRow.last_error == SERVER_DOWN)
    hurried = session.execute(
        update(jobs)
        .where(jobs.c.state == "queued", jobs.c.run_after > now, jobs.c.unique_key.in_(waiting))
        .values(run_after=now)
        .returning(jobs.c.id)
    )
    return len(hurried.all())
