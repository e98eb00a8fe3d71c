"""Write the reports of a business date that is over, in one transaction; those that are there stay as they are.

Who: the ledger's worker. Rule: `domain/staff_report.py`. The report of interest belongs to the day that ends a month.
"""

from datetime import date, datetime

from sqlmodel import Session

from services.transactions.domain.staff_report import Report
from services.transactions.store.report_store import add_report, day_totals, dormant_accounts, interest_of


def write_staff_reports(session: Session, *, business_date: date, ends_month: bool, at: datetime) -> int:
    """Write what is missing and give how many reports that were."""
    made = [day_totals(session, business_date), dormant_accounts(session, business_date)]
    if ends_month:
        made.append(interest_of(session, business_date))
    return sum(add_report(session, one, business_date=business_date, at=at) for one in made)


def keep_report(session: Session, report: Report, *, business_date: date, at: datetime) -> bool:
    """Keep a report that another service gave the rows of; False if there is one."""
    return add_report(session, report, business_date=business_date, at=at)
