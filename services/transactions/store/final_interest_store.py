"""What a closing needs of an account's interest, and what it leaves: in the writer's transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlmodel import Session

from services.transactions.domain.interest import KINDS, Accrued
from services.transactions.store.interest_store import POSITIONS
from services.transactions.store.own_posting_store import POSTINGS, OwnPosting, add_postings, last_posting


def load_accrued(session: Session, account_ids: Collection[str]) -> dict[str, Accrued]:
    """Read what has accrued on accounts; their rows stay as they are until the transaction ends."""
    query = select(POSITIONS).where(POSITIONS.c.account_id.in_(sorted(account_ids))).with_for_update()
    return {row.account_id: _accrued(session, row) for row in session.execute(query).all()}


def _accrued(session: Session, row: object) -> Accrued:
    account_id: str = row.account_id  # type: ignore[attr-defined]
    last = {kind: last_posting(session, account_id, kind) for kind in KINDS}
    open_ones = select(POSTINGS.c.kind).where(POSTINGS.c.account_id == account_id, POSTINGS.c.state == "intended")
    return Accrued(
        until=row.accrued_until,  # type: ignore[attr-defined]
        units={"credit": int(row.credit_accrued), "debit": int(row.debit_accrued)},  # type: ignore[attr-defined]
        since={kind: one.value_date if (one := last[kind]) else row.since for kind in KINDS},  # type: ignore[attr-defined]
        carried={kind: one.carry if (one := last[kind]) else 0 for kind in KINDS},
        is_being_posted=session.execute(open_ones.limit(1)).first() is not None,
    )


def write_final_interest(session: Session, postings: Sequence[OwnPosting]) -> None:
    """Keep what closings posted, and take it from what has accrued."""
    add_postings(session, postings)
    for one in postings:
        column = POSITIONS.c.credit_accrued if one.kind == "credit" else POSITIONS.c.debit_accrued
        mine = update(POSITIONS).where(POSITIONS.c.account_id == one.account_id)
        session.execute(mine.values({column.name: str(one.carry)}))
