"""The audit trails of several services, read on behalf of a person and merged into one list, the newest first."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shared.clients.http import ServiceClient
from shared.errors import Unavailable

Records = list[dict[str, Any]]
SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
_PLACE = re.compile(r"([a-z]+):([0-9]{1,16})")


class Trails:
    """The trails of other services."""

    def __init__(self, clients: Mapping[str, ServiceClient]) -> None:
        """Take a client of each service, by its name."""
        self._clients = clients

    def read(self, service: str, path: str, wanted: Mapping[str, Any], *, act: str | None) -> Records:
        """Give records of a service, the newest first.

        :raises Unavailable: if it does not give them: a trail with a hole in it would be worse than none
        """
        params = {name: value for name, value in wanted.items() if value is not None}
        answer = self._clients[service].request("GET", path, params=params, act=act)
        if not answer.is_success:
            raise Unavailable(f"{service} does not give its part now.", retry_after_seconds=2)
        items: Records = answer.json()["items"]
        return items

    def check(self, service: str, *, after: int, act: str | None) -> dict[str, Any]:
        """Give what a service says of a piece of its trail's chain: `checked`, `bad`, `next`.

        :raises Unavailable: if it does not answer
        """
        answer = self._clients[service].request("GET", "/internal/audit/check", params={"after": after}, act=act)
        if not answer.is_success:
            raise Unavailable(f"{service} does not check its audit trail now.", retry_after_seconds=2)
        said: dict[str, Any] = answer.json()
        return said


def read_merged(
    services: Sequence[str], read: Callable[[str, int | None, int], Records], *, cursor: str | None, limit: int
) -> tuple[Records, str | None]:
    """Give a page of several trails and the cursor of the next; `read` gives a service's records below a number.

    Each record says in `of` whose trail it is from.

    :raises ValueError: if the cursor does not say where the trails go on
    """
    places = read_places(cursor)
    trails = {name: read(name, places.get(name), limit + 1) for name in services}
    records, following = merge_page(trails, places=places, limit=limit)
    return records, None if following is None else write_places(following)


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
