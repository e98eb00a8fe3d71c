"""What the routes of the banking day answer. Amounts are integer minor units."""

from typing import Literal

from pydantic import BaseModel


class BusinessDateAnswer(BaseModel):
    """The day that entries are booked on, and the bank's time; while days are ended, by which job and how far it is."""

    business_date: str
    bank_now: str
    state: Literal["open", "advancing"]
    job: str | None
    days: int | None = None
    days_done: int | None = None
    step: str | None = None
    ends_at: str
    next_business_date: str
    is_banking_day: bool
    next_banking_day: str
    calendar: str


class JobAnswer(BaseModel):
    """The job that does what was asked for."""

    job_id: str


class StepAnswer(BaseModel):
    """One step of an end of day: how many accounts or postings it has done."""

    name: str
    started_at: str
    finished_at: str | None
    done: int


class EndOfDayAnswer(BaseModel):
    """The end of one business date."""

    business_date: str
    next_date: str
    job_id: str
    state: Literal["running", "done"]
    step: str
    steps: list[StepAnswer]
    started_at: str
    finished_at: str | None


class EndOfDayList(BaseModel):
    """One page, the newest first."""

    items: list[EndOfDayAnswer]
    next: str | None
