"""Seed what the bank starts with: the main branch, its products, their first rates, the rules of approval.

Who: the service itself, at every start. What is there stays as it is. `everyday` exists in the sandbox only.
"""

from datetime import date, datetime

from sqlmodel import Session, select

from services.accounts.domain.approval import RULES
from services.accounts.domain.branch import MAIN_BRANCH_ID
from services.accounts.domain.product import CATALOGUE, SeededProduct
from services.accounts.store.tables import ApprovalRuleRow, BranchRow, ProductRow, ProductVersionRow, RateRow
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.ids import derived_id
from shared.store.audit import record_audit
from shared.store.engine import Store

_FIRST_DAY = date(2020, 1, 1)


def seed_catalogue(store: Store, *, is_sandbox: bool) -> None:
    """Write what is missing of the catalogue; a second time changes nothing."""
    with store.write() as session:
        at = bank_now()
        if session.get(BranchRow, MAIN_BRANCH_ID) is None:
            session.add(BranchRow(id=MAIN_BRANCH_ID, name="Main branch", location="Berlin", created_at=at))
            _audit(session, "branch", MAIN_BRANCH_ID)
        for rule in RULES:
            if session.get(ApprovalRuleRow, rule.command) is None:
                session.add(
                    ApprovalRuleRow(
                        command=rule.command,
                        above_minor=rule.above_minor,
                        checkers=list(rule.checkers),
                        hours=rule.hours,
                    )
                )
        for seeded in CATALOGUE:
            if is_sandbox or not seeded.sandbox_only:
                _seed_product(session, seeded, at=at)


def _seed_product(session: Session, seeded: SeededProduct, *, at: datetime) -> None:
    product = seeded.product
    if session.get(ProductRow, product.code) is None:
        session.add(ProductRow(code=product.code, created_at=at))
        session.flush()
        session.add(
            ProductVersionRow(
                product=product.code,
                version=1,
                effective_from=_FIRST_DAY,
                terms=product.to_terms(),
                created_at=at,
                created_by="seed",
            )
        )
        session.flush()
        _audit(session, "product", product.code)
    if session.exec(select(RateRow.id).where(RateRow.product == product.code)).first() is None:
        session.add(
            RateRow(
                id=derived_id("interest-rate", product.code, _FIRST_DAY.isoformat()),
                product=product.code,
                side="credit",
                tier_from_minor=0,
                rate_basis_points=seeded.rate_basis_points,
                effective_from=_FIRST_DAY,
                created_at=at,
                created_by="seed",
            )
        )


def _audit(session: Session, subject_type: str, subject_id: str) -> None:
    record_audit(
        session,
        caller=Caller.for_service("accounts"),
        command="seed-catalogue",
        subject_type=subject_type,
        subject_id=subject_id,
    )
