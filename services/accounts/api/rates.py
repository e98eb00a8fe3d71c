"""The interest-rate table over HTTP."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.approval_schemas import WaitingAnswer, waiting
from services.accounts.api.dependencies import StoreDep, waits_or
from services.accounts.api.fields import Word
from services.accounts.api.product_schemas import InterestRateAnswer, InterestRateList, RateChange, RateRequest
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.interest_rate import NoFirstTier, RateBegan, RateNotFound, RateOverlaps
from services.accounts.domain.product import BadEffectiveDate, UnknownProduct
from services.accounts.store.approval_store import Proposal
from services.accounts.store.rate_queries import list_rates, rate_on, rate_view
from services.accounts.store.tables import ApprovalRow, RateRow
from services.accounts.use_cases.propose import propose
from services.accounts.use_cases.set_rate import check_rate, set_rate
from services.accounts.use_cases.withdraw_rate import check_withdrawal, withdraw_rate
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/interest-rates", tags=["products"])
_WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": WaitingAnswer, "description": "Waits for a second person; nothing is done yet"}
}


@router.get("", response_model=InterestRateList)
def read_interest_rates(store: StoreDep, page: Page, product: Word | None = None) -> InterestRateList:
    """List interest rates, past, present and to come, of all products or one."""
    with store.read() as session:
        rows = list_rates(session, product=product, after=page.after, limit=page.limit + 1)
        items, following = page.cut(rows, lambda rate: rate.id)
        return InterestRateList(items=[_answer(session, one) for one in items], next=following)


@router.post(
    "",
    status_code=201,
    response_model=InterestRateAnswer,
    responses={**_WAITS, **problems(UnknownProduct, BadEffectiveDate, RateOverlaps, NoFirstTier)},
)
def add_rate(
    body: RateRequest, request: Request, caller: CurrentCaller, store: StoreDep, key: OptionalIdempotencyKey
) -> Response:
    """Ask for a rate from a day on; another person approves it."""
    rate = body.to_rate()

    def command(session: Session) -> InterestRateAnswer | WaitingAnswer:
        check_rate(session, rate)
        wanted = body.model_dump(mode="json", exclude={"reason"})
        now = {"rate_basis_points": rate_on(session, rate.product, rate.effective_from)}
        known = now if rate.side == "credit" and not rate.tier_from_minor else {}
        done = propose(
            session,
            caller=caller,
            proposal=Proposal(
                "set-rate", wanted, "product", rate.product, before=known, after=wanted, reason=body.reason
            ),
            command=lambda: set_rate(session, caller=caller, rate=rate, note=body.reason),
        )
        return waiting(done) if isinstance(done, ApprovalRow) else _answer(session, done)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=waits_or(201), command=command)


@router.get("/{rate_id}", response_model=InterestRateAnswer, responses=problems(RateNotFound))
def read_rate(rate_id: str, store: StoreDep, response: Response) -> InterestRateAnswer:
    """Read one rate."""
    with store.read() as session:
        row = session.get(RateRow, rate_id)
        if row is None:
            raise RateNotFound
        answer = _answer(session, row)
    response.headers["etag"] = etag(answer.version)
    return answer


@router.patch(
    "/{rate_id}",
    response_model=InterestRateAnswer,
    responses={**_WAITS, **problems(RateNotFound, VersionMismatch, RateBegan)},
)
def change_rate(
    rate_id: str,
    body: RateChange,
    version: ExpectedVersion,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Ask to take back a rate that has not begun; another person approves it. Needs the version that you saw."""

    def command(session: Session) -> InterestRateAnswer | WaitingAnswer:
        row = check_withdrawal(session, rate_id=rate_id, seen_version=version)
        proposal = Proposal(
            "withdraw-rate",
            {"rate_id": rate_id, "seen_version": version},
            "interest-rate",
            rate_id,
            before={"rate_basis_points": row.rate_basis_points, "withdrawn": False},
            after={"rate_basis_points": row.rate_basis_points, "withdrawn": True},
            reason=body.reason,
        )
        done = propose(
            session,
            caller=caller,
            proposal=proposal,
            command=lambda: withdraw_rate(
                session, caller=caller, rate_id=rate_id, seen_version=version, note=body.reason
            ),
        )
        return waiting(done) if isinstance(done, ApprovalRow) else _answer(session, done)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=waits_or(200), command=command)


def _answer(session: Session, row: RateRow) -> InterestRateAnswer:
    return InterestRateAnswer.model_validate(rate_view(session, row))
