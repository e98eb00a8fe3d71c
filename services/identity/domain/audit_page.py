"""One page of the audit trails of several services, merged: the newest first, and where each goes on."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
_PLACE = re.compile(r"([a-z]+):([0-9]{1,16})")


def read_places(cursor: str | None) -> dict[str, int]:
    """Read from which number on each trail was shown.

    :raises ValueError: if the cursor does not say that
    """
    places: dict[str, int] = {}
    for part in (cursor or "").split():
        found = _PLACE.fullmatch(part)
        if found is None or found[1] not in SERVICES:
            raise ValueError("This is no place in the audit trails.")
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
