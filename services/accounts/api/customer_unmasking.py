"""A customer whose personal data are masked is shown as they are: to staff, for a reason that the customer reads."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.accounts.api.customer_care import addresses_of
from services.accounts.api.customer_schemas import CustomerAnswer
from services.accounts.api.dependencies import StoreDep
from services.accounts.api.fields import Note
from services.accounts.api.people_schemas import AddressHistoryAnswer
from services.accounts.domain.customer import CustomerNotFound
from services.accounts.use_cases.unmask_customer import unmask_customer
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, etag
from shared.web.problems import problems
from shared.web.schemas import StrictModel

router = APIRouter(prefix="/api/v1/customers", tags=["customers"])


class UnmaskRequest(StrictModel):
    """Why all of a customer must be seen."""

    reason: Annotated[Note, Field(min_length=3)]


class UnmaskedAnswer(CustomerAnswer):
    """A customer as they are, with all addresses they have and had."""

    addresses: list[AddressHistoryAnswer]


@router.post("/{customer_id}/unmask", responses=problems(CustomerNotFound))
def unmask(
    customer_id: str,
    body: UnmaskRequest,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
    _key: OptionalIdempotencyKey,
) -> UnmaskedAnswer:
    """See all of a customer (staff). The reason is kept in the audit trail; the customer is told it, and who looked.

    Every call is a look of its own: a key changes nothing, and no copy of the answer is kept.
    """
    with store.write() as session:
        view = unmask_customer(session, caller=caller, customer_id=customer_id, reason=body.reason)
        addresses = addresses_of(session, customer_id, masked=False)
    response.headers["etag"] = etag(view.version)
    return UnmaskedAnswer(**CustomerAnswer.model_validate(view).model_dump(), addresses=addresses.items)
