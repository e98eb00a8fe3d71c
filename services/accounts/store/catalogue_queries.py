"""Reading what the bank offers: branches, products and interest rates."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from services.accounts.domain.branch import BranchNotFound
from services.accounts.domain.product import Product, UnknownProduct
from services.accounts.store.tables import AccountRow, BranchRow, ProductRow, ProductVersionRow


def living_accounts(session: Session, branch_id: str) -> int:
    """Count the accounts of a branch that are not closed."""
    query = select(func.count()).select_from(AccountRow)
    return session.exec(query.where(AccountRow.branch_id == branch_id, AccountRow.status != "closed")).one()


def branch_row(session: Session, branch_id: str, *, for_update: bool = False) -> BranchRow:
    """Give a branch; `for_update`: nobody else changes it until the transaction ends.

    :raises BranchNotFound: if there is none
    """
    found = session.get(BranchRow, branch_id, with_for_update=True if for_update else None)
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


def version_in_force(session: Session, code: str, day: date) -> ProductVersionRow | None:
    """Give the terms of a product that hold on a bank's day: of versions that begin on one day, the newest."""
    query = (
        select(ProductVersionRow)
        .where(ProductVersionRow.product == code, ProductVersionRow.effective_from <= day)
        .order_by(col(ProductVersionRow.effective_from).desc(), col(ProductVersionRow.version).desc())
        .limit(1)
    )
    return session.exec(query).first()


def newest_version(session: Session, code: str) -> ProductVersionRow | None:
    """Give the version of a product that was written last, in force or not."""
    query = select(ProductVersionRow).where(ProductVersionRow.product == code)
    return session.exec(query.order_by(col(ProductVersionRow.version).desc()).limit(1)).first()


def product_in_force(session: Session, code: str, day: date) -> tuple[Product, int]:
    """Give the terms of a product on a bank's day, and their version.

    :raises UnknownProduct: if there is no such product, or it does not begin before that day
    """
    row = version_in_force(session, code, day)
    if row is None:
        raise UnknownProduct(product=code)
    return Product.of_terms(code, row.terms), row.version


def terms_of_version(session: Session, code: str, version: int) -> Product:
    """Give the terms of one version of a product."""
    return Product.of_terms(code, session.get_one(ProductVersionRow, (code, version)).terms)


def list_products(session: Session, *, after: str | None, limit: int) -> Sequence[ProductRow]:
    """List products by code, after one of them."""
    query = select(ProductRow).where(ProductRow.code > (after or "")).order_by(col(ProductRow.code)).limit(limit)
    return session.exec(query).all()


def list_versions(
    session: Session, code: str | None = None, *, after: str | None = None, limit: int = 10_000
) -> Sequence[ProductVersionRow]:
    """List the versions of a product after a number, or those of all products."""
    query = select(ProductVersionRow).where(ProductVersionRow.version > int(after or 0))
    if code is not None:
        query = query.where(ProductVersionRow.product == code)
    ordered = query.order_by(col(ProductVersionRow.product), col(ProductVersionRow.version))
    return session.exec(ordered.limit(limit)).all()


def product_name_is_taken(session: Session, *, name: str, by_other_than: str) -> bool:
    """Tell whether the newest terms of another product have this name."""
    others = session.exec(select(ProductRow.code).where(ProductRow.code != by_other_than)).all()
    return any(newest.terms["name"] == name for code in others if (newest := newest_version(session, code)))
