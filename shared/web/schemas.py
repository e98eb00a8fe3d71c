"""What request and answer bodies are made of: strict in, plain out.

Bodies reach pydantic as parsed JSON in strict mode, where dates and times are text: use `IsoDate` and `Moment` for
them, and `Literal` for enums.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from shared.clock import format_time, parse_time
from shared.money import MAX_AMOUNT_MINOR

T = TypeVar("T")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")


def _read_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # Python's message repeats what was sent
    raise ValueError("must be a date as YYYY-MM-DD")


def _read_moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if _MOMENT.fullmatch(value):
            return parse_time(value)
    except (ValueError, OverflowError):
        pass
    raise ValueError("must be an RFC 3339 time with a zone")


IsoDate = Annotated[date, BeforeValidator(_read_date, json_schema_input_type=date)]
"""A day as YYYY-MM-DD."""

Moment = Annotated[
    datetime,
    BeforeValidator(_read_moment, json_schema_input_type=datetime),
    PlainSerializer(format_time, return_type=str, when_used="json"),
]
"""An RFC 3339 time with a zone; written in UTC with microseconds."""

AmountMinor = Annotated[int, Field(ge=1, le=MAX_AMOUNT_MINOR)]
"""An amount in minor units: 1 … 10^12."""

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code; whether the bank knows it is the domain's question."""


class StrictModel(BaseModel):
    """A request body: unknown fields are refused, and nothing is converted (`true`, `"12"`, `1.0` are no integers)."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class ChangeModel(StrictModel):
    """A PATCH body: the version that the caller saw may come here instead of in If-Match."""

    version: int | None = Field(default=None, ge=0, le=10**15)


class Answer(BaseModel):
    """An answer body."""

    model_config = ConfigDict(from_attributes=True)


class ListAnswer(Answer, Generic[T]):
    """One page of a list; `next` is the cursor of the page after it."""

    items: list[T]
    next: str | None = None
