"""A login has another e-mail address: the customer's record follows, once identity has said which."""

from sqlmodel import Session

from services.accounts.use_cases.follow_email import follow_later
from shared.contracts.envelope import Envelope
from shared.contracts.identity import EmailChanged

FACT = EmailChanged


def consume(session: Session, fact: EmailChanged, envelope: Envelope) -> None:
    """Leave it to the worker: a consumer calls no other service. Members of staff are not kept here by their login."""
    if fact.customer_id is not None:
        follow_later(session, customer_id=fact.customer_id, key=f"{fact.user_id}:{envelope.id}")
