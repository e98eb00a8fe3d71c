"""Change a product: a new version of its terms, from a day on; or make a new product with its first one.

Who: a supervisor or an admin, approved by another. Rule: `domain/product.py`. What was stays readable. Accounts follow
on the day (`apply_due_terms`). Says: `ProductChanged`.
"""

from datetime import date
from typing import Any

from sqlmodel import Session

from services.accounts.domain.edit import require_version
from services.accounts.domain.product import (
    Product,
    ProductExists,
    ProductNotFound,
    check_effective,
    check_terms_fit,
)
from services.accounts.store.catalogue_queries import newest_version, product_name_is_taken
from services.accounts.store.tables import ProductRow, ProductVersionRow
from services.accounts.use_cases.propose import void_proposals
from shared.clock import bank_now
from shared.contracts.accounts import ProductChanged
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.outbox import append_facts


def create_product(
    session: Session, *, caller: Caller, product: Product, effective_from: date | None, note: str | None
) -> ProductVersionRow:
    """Write a new product in the current write transaction and give its first version.

    :raises ProductExists: if its id or its name is taken
    :raises BadTerms, BadEffectiveDate: if the terms do not fit
    """
    at = bank_now()
    check_new_product(session, product)
    session.add(ProductRow(code=product.code, created_at=at))
    session.flush()
    return _write(session, caller, product, 1, effective_from, note)


def change_product(
    session: Session,
    *,
    caller: Caller,
    code: str,
    seen_version: int,
    changes: dict[str, Any],
    effective_from: date | None,
    note: str | None,
) -> ProductVersionRow:
    """Write the next version of a product: the newest terms with these changes.

    :raises ProductNotFound: if there is none
    :raises VersionMismatch: if it was changed since the caller read it
    :raises ProductExists, BadTerms, BadEffectiveDate: if the terms do not fit
    """
    product = check_change(session, code=code, seen_version=seen_version, changes=changes)
    void_proposals(session, caller=caller, subject_type="product", subject_id=code)
    return _write(session, caller, product, seen_version + 1, effective_from, note)


def check_change(session: Session, *, code: str, seen_version: int, changes: dict[str, Any]) -> Product:
    """Give the terms that a change would lead to; refuses as `change_product` does."""
    session.get(ProductRow, code, with_for_update=True)
    newest = newest_version(session, code)
    if newest is None:
        raise ProductNotFound
    require_version(seen=seen_version, actual=newest.version)
    product = Product.of_terms(code, {**newest.terms, **changes})
    check_terms_fit(product)
    if product_name_is_taken(session, name=product.name, by_other_than=code):
        raise ProductExists
    return product


def check_new_product(session: Session, product: Product) -> None:
    """Refuse a product that cannot be made, as `create_product` does."""
    check_terms_fit(product)
    if session.get(ProductRow, product.code) is not None:
        raise ProductExists
    if product_name_is_taken(session, name=product.name, by_other_than=product.code):
        raise ProductExists


def _write(
    session: Session, caller: Caller, product: Product, version: int, effective_from: date | None, note: str | None
) -> ProductVersionRow:
    at = bank_now()
    day = effective_from or at.date()
    check_effective(day, today=at.date())
    row = ProductVersionRow(
        product=product.code,
        version=version,
        effective_from=day,
        terms=product.to_terms(),
        note=note,
        created_at=at,
        created_by=str(caller.user_id),
    )
    session.add(row)
    session.flush()
    fact = ProductChanged(
        product=product.code, version=version, effective_from=day.isoformat(), terms=product.to_terms()
    )
    append_facts(session, fact)
    record_audit(
        session,
        caller=caller,
        command="change-product" if version > 1 else "create-product",
        subject_type="product",
        subject_id=product.code,
        before={"version": version - 1} if version > 1 else None,
        after={"version": version, "effective_from": day.isoformat(), "terms": product.to_terms()},
        reason=note,
    )
    return row
