"""A command of another service waits for a second person: it stands in the one inbox."""

from sqlmodel import Session

from services.accounts.use_cases.take_request import take_request
from shared.contracts import identity, transactions
from shared.contracts.approval_shapes import NeededApproval
from shared.contracts.envelope import Envelope

FACTS: dict[str, type[NeededApproval]] = {
    "transactions": transactions.ApprovalNeeded,
    "identity": identity.ApprovalNeeded,
}


def consume(session: Session, fact: NeededApproval, envelope: Envelope) -> None:
    """Take the request, as one of the service whose stream it came on."""
    take_request(session, service=envelope.position.publisher, wanted=fact)
