"""Who of the staff has the same customer or account open, so that two do not change it past each other."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.accounts.api.dependencies import StoreDep
from services.accounts.domain.account import AccountNotFound
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.store.tables import ViewingRow
from services.accounts.use_cases.note_viewing import note_account_viewing, note_customer_viewing
from shared.clock import now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.problems import problems
from shared.web.schemas import Answer, Moment, StrictModel

router = APIRouter(prefix="/api/v1", tags=["staff"])


class RecordViewingRequest(StrictModel):
    """Nothing is asked for looking."""


class RecordViewerAnswer(Answer):
    """Somebody of the staff who has the record open."""

    user_id: str
    seen_at: Moment


class RecordViewingAnswer(Answer):
    """Who else has the record open."""

    others: list[RecordViewerAnswer]


@router.post("/customers/{customer_id}/viewing", responses=problems(CustomerNotFound))
def view_customer(
    customer_id: str,
    caller: CurrentCaller,
    store: StoreDep,
    _key: OptionalIdempotencyKey,
    _body: RecordViewingRequest | None = None,
) -> RecordViewingAnswer:
    """Say that you have the customer open, about every 20 s, and read who else has (staff)."""
    with store.write() as session:
        return _answer(note_customer_viewing(session, caller=caller, customer_id=customer_id, now=now()))


@router.post("/accounts/{account_id}/viewing", responses=problems(AccountNotFound))
def view_account(
    account_id: str,
    caller: CurrentCaller,
    store: StoreDep,
    _key: OptionalIdempotencyKey,
    _body: RecordViewingRequest | None = None,
) -> RecordViewingAnswer:
    """Say that you have the account open, about every 20 s, and read who else has (staff)."""
    with store.write() as session:
        return _answer(note_account_viewing(session, caller=caller, account_id=account_id, now=now()))


def _answer(others: Sequence[ViewingRow]) -> RecordViewingAnswer:
    return RecordViewingAnswer(others=[RecordViewerAnswer.model_validate(one) for one in others])
