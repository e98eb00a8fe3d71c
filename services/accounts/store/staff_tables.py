"""The table of the people who work for the bank; their logins and roles are identity's."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from services.accounts.store.registry import AccountsTable
from shared.store.types import UtcDateTime


class StaffRow(AccountsTable, table=True):
    """Somebody who works for the bank: position, branch, supervisor, salary (minor units a year), hire date."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("(salary_minor IS NULL) = (salary_currency IS NULL)", name="salary_has_currency"),
        CheckConstraint("supervisor_id IS NULL OR supervisor_id != id", name="not_own_supervisor"),
    )

    id: str = Field(primary_key=True)
    user_id: str | None = Field(default=None, unique=True)
    name: str
    email: str = Field(unique=True)
    phone: str | None = None
    position: str
    branch_id: str = Field(foreign_key="branches.id", index=True)
    supervisor_id: str | None = Field(default=None, foreign_key="staff.id")
    salary_minor: int | None = Field(default=None, sa_type=BigInteger)
    salary_currency: str | None = None
    hire_date: date
    left_on: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1
