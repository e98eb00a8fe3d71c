"""Tell each customer what a month brought and cost in interest: some customers in one transaction.

Who: the ledger's worker. Rule: here: what was booked for the period, by customer and currency; an account of two people
is told to both. Says: `InterestSummarised`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from shared.contracts.transactions import InterestSummarised
from shared.store.outbox import append_facts


def summarise_interest(session: Session, *, period: str, customers: Sequence[Mapping[str, Any]]) -> None:
    """Publish the summary of a period (`2026-11`) for each customer and currency: amounts in minor units."""
    append_facts(session, *(InterestSummarised.model_validate({**one, "period": period}) for one in customers))
