"""A command of another service that waited is done, refused or forgotten: its request says so."""

from sqlmodel import Session

from services.accounts.use_cases.end_request import end_request
from shared.contracts import identity, transactions
from shared.contracts.approval_shapes import EndedApproval
from shared.contracts.envelope import Envelope

FACTS: dict[str, type[EndedApproval]] = {
    "transactions": transactions.ApprovalEnded,
    "identity": identity.ApprovalEnded,
}


def consume(session: Session, fact: EndedApproval, envelope: Envelope) -> None:
    """Note the end, on a request of the service whose stream it came on."""
    end_request(session, service=envelope.position.publisher, ended=fact)
