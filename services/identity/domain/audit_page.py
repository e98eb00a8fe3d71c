"""One page of the audit trails of several services, merged: the newest first, and where each goes on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shared.errors import Malformed

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
_PLACE = re.compile(r"([a-z]+):([0-9]{1,16})")


class BadAuditCursor(Malformed):
    """The cursor is none that a page of the trail gave."""

    code = "request.bad-cursor"
    title = "The cursor is not one that a list gave"
    next_step = "Use the value of next as it came, or leave after out for the first page."


def read_places(cursor: str | None) -> dict[str, int]:
    """Read from which number on each trail was shown.

    :raises BadAuditCursor: if the cursor does not say that
    """
    places: dict[str, int] = {}
    for part in (cursor or "").split():
        found = _PLACE.fullmatch(part)
        if found is None or found[1] not in SERVICES:
            raise BadAuditCursor
        places[found[1]] = int(found[2])
    return places


def write_places(places: Mapping[str, int]) -> str:
    """Write where each trail goes on."""
    return " ".join(f"{service}:{places[service]}" for service in sorted(places))


def merge_page(
    trails: Mapping[str, Sequence[dict[str, Any]]], *, places: Mapping[str, int], limit: int
) -> tuple[list[dict[str, Any]], dict[str, int] | None]:
    """Merge what each service gave (newest first, one more than `limit` if it has more) into one page.

    Gives the records, each with its `service` of record, and where each trail goes on; None if nothing is left.
    """
    merged = sorted(
        ({**record, "of": service} for service, records in trails.items() for record in records),
        key=lambda record: (record["at"], record["of"], record["sequence"]),
        reverse=True,
    )
    page = merged[:limit]
    if len(merged) <= limit:
        return page, None
    after = dict(places)
    for record in page:
        after[record["of"]] = record["sequence"]
    return page, after
