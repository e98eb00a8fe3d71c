"""Products by version, over HTTP."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.approval_schemas import WaitingAnswer, waiting
from services.accounts.api.dependencies import StoreDep, waits_or
from services.accounts.api.product_schemas import (
    ProductAnswer,
    ProductChange,
    ProductList,
    ProductRequest,
    ProductVersionAnswer,
    ProductVersionList,
)
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.product import BadEffectiveDate, BadTerms, ProductExists, ProductNotFound, check_effective
from services.accounts.store.approval_store import Proposal
from services.accounts.store.catalogue_queries import (
    list_products,
    list_versions,
    newest_version,
    product_row,
    version_in_force,
)
from services.accounts.store.rate_queries import rate_on
from services.accounts.store.tables import ApprovalRow, ProductRow
from services.accounts.use_cases.change_product import (
    change_product,
    check_change,
    check_new_product,
    create_product,
)
from services.accounts.use_cases.propose import propose
from shared.clock import bank_now
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/products", tags=["products"])
_WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": WaitingAnswer, "description": "Waits for a second person; nothing is done yet"}
}


@router.get("", response_model=ProductList)
def read_products(store: StoreDep, page: Page) -> ProductList:
    """List what the bank offers, with today's terms and rates."""
    today = bank_now().date()
    with store.read() as session:
        rows = list_products(session, after=page.after, limit=page.limit + 1)
        items, following = page.cut(rows, lambda product: product.code)
        return ProductList(items=[_answer(session, one, today) for one in items], next=following)


@router.post(
    "",
    status_code=201,
    response_model=ProductAnswer,
    responses={**_WAITS, **problems(ProductExists, BadTerms, BadEffectiveDate)},
)
def add_product(
    body: ProductRequest, request: Request, caller: CurrentCaller, store: StoreDep, key: OptionalIdempotencyKey
) -> Response:
    """Ask for a new product; another person approves it."""
    product, day = body.to_product(), body.effective_from

    def command(session: Session) -> ProductAnswer | WaitingAnswer:
        check_new_product(session, product)
        check_effective(day or bank_now().date(), today=bank_now().date())
        terms = product.to_terms()
        arguments = {"code": product.code, "terms": terms, "effective_from": day and day.isoformat()}
        done = propose(
            session,
            caller=caller,
            proposal=Proposal("create-product", arguments, "product", product.code, after=terms, reason=body.reason),
            command=lambda: create_product(
                session, caller=caller, product=product, effective_from=day, note=body.reason
            ),
        )
        return waiting(done) if isinstance(done, ApprovalRow) else _newest(session, product.code)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=waits_or(201), command=command)


@router.get("/{product}", response_model=ProductAnswer, responses=problems(ProductNotFound))
def read_product(product: str, store: StoreDep, response: Response) -> ProductAnswer:
    """Read one product, with today's terms and rate."""
    with store.read() as session:
        answer = _newest(session, product)
    response.headers["etag"] = etag(answer.version)
    return answer


@router.patch(
    "/{product}",
    response_model=ProductAnswer,
    responses={**_WAITS, **problems(ProductNotFound, VersionMismatch, ProductExists, BadTerms, BadEffectiveDate)},
)
def change(
    product: str,
    body: ProductChange,
    version: ExpectedVersion,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Ask for other terms from a day on; another person approves them. Needs the newest version."""
    changes, day = body.to_changes(), body.effective_from

    def command(session: Session) -> ProductAnswer | WaitingAnswer:
        after = check_change(session, code=product, seen_version=version, changes=changes).to_terms()
        check_effective(day or bank_now().date(), today=bank_now().date())
        newest = newest_version(session, product)
        proposal = Proposal(
            "change-product",
            {"code": product, "seen_version": version, "changes": changes, "effective_from": day and day.isoformat()},
            "product",
            product,
            subject_version=version,
            before=newest.terms if newest else {},
            after=after,
            reason=body.reason,
        )
        done = propose(
            session,
            caller=caller,
            proposal=proposal,
            command=lambda: change_product(
                session,
                caller=caller,
                code=product,
                seen_version=version,
                changes=changes,
                effective_from=day,
                note=body.reason,
            ),
        )
        return waiting(done) if isinstance(done, ApprovalRow) else _newest(session, product)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=waits_or(200), command=command)


@router.get("/{product}/versions", response_model=ProductVersionList, responses=problems(ProductNotFound))
def read_versions(product: str, store: StoreDep, page: Page) -> ProductVersionList:
    """Read every version of a product's terms, with who set it and why; future ones, too."""
    after = page.after if page.after is None or page.after.isdecimal() else "0"
    with store.read() as session:
        if product_row(session, product) is None:
            raise ProductNotFound
        rows = list_versions(session, product, after=after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda row: str(row.version))
    return ProductVersionList(items=[ProductVersionAnswer.model_validate(one) for one in items], next=following)


def _newest(session: Session, code: str) -> ProductAnswer:
    row = product_row(session, code)
    if row is None:
        raise ProductNotFound
    return _answer(session, row, bank_now().date())


def _answer(session: Session, row: ProductRow, day: date) -> ProductAnswer:
    """Show a product as it is on a day; one that has not begun, as it will be."""
    newest, current = newest_version(session, row.code), version_in_force(session, row.code, day)
    shown = current or newest
    if newest is None or shown is None:
        raise ProductNotFound
    return ProductAnswer(
        **shown.terms,
        id=row.code,
        rate_basis_points=rate_on(session, row.code, day),
        created_at=row.created_at,
        effective_version=current.version if current else None,
        version=newest.version,
    )
