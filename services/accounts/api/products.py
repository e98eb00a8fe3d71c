"""Products and interest rates over HTTP."""

from datetime import date

from fastapi import APIRouter
from sqlmodel import Session

from services.accounts.api.dependencies import StoreDep
from services.accounts.api.fields import Word
from services.accounts.api.schemas import InterestRateAnswer, InterestRateList, ProductAnswer, ProductList
from services.accounts.domain.product import ProductNotFound
from services.accounts.store.catalogue_queries import list_products, list_rates, product_row, rate_on
from services.accounts.store.tables import ProductRow
from shared.clock import bank_now
from shared.web.dependencies import Page
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1", tags=["products"])


@router.get("/products", response_model=ProductList)
def read_products(store: StoreDep, page: Page) -> ProductList:
    """List what the bank offers, with today's rates."""
    today = bank_now().date()
    with store.read() as session:
        rows = list_products(session, after=page.after, limit=page.limit + 1)
        items, following = page.cut(rows, lambda product: product.code)
        return ProductList(items=[_answer(session, one, today) for one in items], next=following)


@router.get("/products/{product}", response_model=ProductAnswer, responses=problems(ProductNotFound))
def read_product(product: str, store: StoreDep) -> ProductAnswer:
    """Read one product, with today's rate."""
    with store.read() as session:
        row = product_row(session, product)
        if row is None:
            raise ProductNotFound
        return _answer(session, row, bank_now().date())


@router.get("/interest-rates", response_model=InterestRateList)
def read_interest_rates(store: StoreDep, page: Page, product: Word | None = None) -> InterestRateList:
    """List interest rates, of all products or one."""
    with store.read() as session:
        rows = list_rates(session, product=product, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda rate: rate.id)
    return InterestRateList(items=[InterestRateAnswer.model_validate(one) for one in items], next=following)


def _answer(session: Session, row: ProductRow, day: date) -> ProductAnswer:
    return ProductAnswer(
        id=row.code,
        name=row.name,
        customer_may_deposit=row.customer_may_deposit,
        min_balance_minor=row.min_balance_minor,
        overdraft_limit_minor=row.overdraft_limit_minor,
        currencies=row.currencies,
        open_to_customers=row.open_to_customers,
        rate_basis_points=rate_on(session, row.code, day),
        created_at=row.created_at,
    )
