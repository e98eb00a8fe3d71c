"""Reading what the bank offers: branches, products and interest rates."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from services.accounts.domain.branch import BranchNotFound
from services.accounts.domain.product import Product, UnknownProduct
from services.accounts.store.tables import BranchRow, InterestRateRow, ProductRow


def branch_row(session: Session, branch_id: str) -> BranchRow:
    """Give a branch.

    :raises BranchNotFound: if there is none
    """
    found = session.get(BranchRow, branch_id)
    if found is None:
        raise BranchNotFound
    return found


def branch_name_is_taken(session: Session, *, name: str, by_other_than: str | None) -> bool:
    """Tell whether another branch has this name."""
    query = select(BranchRow.id).where(BranchRow.name == name, BranchRow.id != (by_other_than or ""))
    return session.exec(query).first() is not None


def list_branches(session: Session, *, after: str | None, limit: int) -> Sequence[BranchRow]:
    """List branches by id, after one of them."""
    query = select(BranchRow).where(BranchRow.id > (after or "")).order_by(col(BranchRow.id)).limit(limit)
    return session.exec(query).all()


def product_row(session: Session, code: str) -> ProductRow | None:
    """Give a product, None if there is no such one."""
    return session.get(ProductRow, code)


def product_terms(session: Session, code: str) -> Product:
    """Give the terms of a product.

    :raises UnknownProduct: if there is no such product
    """
    row = session.get(ProductRow, code)
    if row is None:
        raise UnknownProduct(product=code)
    return Product(
        code=row.code,
        name=row.name,
        currencies=tuple(row.currencies),
        customer_may_deposit=row.customer_may_deposit,
        min_balance_minor=row.min_balance_minor,
        overdraft_limit_minor=row.overdraft_limit_minor,
        open_to_customers=row.open_to_customers,
    )


def list_products(session: Session, *, after: str | None, limit: int) -> Sequence[ProductRow]:
    """List products by code, after one of them."""
    query = select(ProductRow).where(ProductRow.code > (after or "")).order_by(col(ProductRow.code)).limit(limit)
    return session.exec(query).all()


def rate_on(session: Session, product: str, day: date) -> int | None:
    """Give the rate of a product on a business date in basis points a year, None before its first rate."""
    query = (
        select(InterestRateRow.rate_basis_points)
        .where(InterestRateRow.product == product, InterestRateRow.effective_from <= day)
        .order_by(col(InterestRateRow.effective_from).desc())
        .limit(1)
    )
    return session.exec(query).first()


def list_rates(session: Session, *, product: str | None, after: str | None, limit: int) -> Sequence[InterestRateRow]:
    """List rates by id, after one of them; of one product, or all."""
    query = select(InterestRateRow).where(InterestRateRow.id > (after or ""))
    if product is not None:
        query = query.where(InterestRateRow.product == product)
    return session.exec(query.order_by(col(InterestRateRow.id)).limit(limit)).all()
