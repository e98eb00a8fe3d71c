"""Column types that read the same on every store: moments and JSON kept as text."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from shared.clock import format_time, parse_time
from shared.store.canonical import json_text


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment as RFC 3339 text in UTC with microseconds: it sorts as time does and STRICT tables take it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the moment; a naive time is refused."""
        return None if value is None else format_time(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the moment back as aware UTC."""
        return None if value is None else parse_time(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value as compact text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value; NaN and infinity are refused."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value back."""
        return None if value is None else orjson.loads(value)
