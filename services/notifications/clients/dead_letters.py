"""What notifications asks of the other services: the facts that they could not accept, to show them in one list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from services.notifications.domain.dead_letter import DeadLetter, ServiceName, refusal_of
from shared.clients.http import ServiceClient
from shared.clock import parse_time
from shared.errors import Unavailable

ASK_SECONDS = 2.0
_ID = re.compile(r"[0-9a-f-]{36}")
_log = structlog.get_logger("bank.dead-letters")


@dataclass(slots=True)
class Elsewhere:
    """What the others said; `unreachable` are those that did not answer."""

    letters: list[DeadLetter] = field(default_factory=list)
    unreachable: list[ServiceName] = field(default_factory=list)


class OtherServices:
    """The other services, as far as their dead letters go."""

    def __init__(self, clients: Mapping[ServiceName, ServiceClient]) -> None:
        """Speak through one client for each."""
        self._clients = clients

    def letters(self, *, below: str | None, limit: int) -> Elsewhere:
        """Give up to `limit` letters of each service from below an id; who does not answer is named."""
        found = Elsewhere()
        params: dict[str, str | int] = {"limit": limit}
        if below is not None:
            params["below"] = below
        for name, client in self._clients.items():
            try:
                answer = client.request("GET", "/internal/dead-letters", params=params, timeout_seconds=ASK_SECONDS)
            except Unavailable:
                found.unreachable.append(name)
                continue
            if not answer.is_success:
                _log.warning("dead-letters.not-told", service=name, status=answer.status_code)
                found.unreachable.append(name)
                continue
            found.letters += [
                DeadLetter(
                    one["id"], name, "fact", one["what"], one["error"], parse_time(one["created_at"]), one["fact"]
                )
                for one in answer.json()["items"]
            ]
        return found

    def replay(self, letter_id: str, *, act: str | None) -> bool | None:
        """Have its service apply a fact, for a person; False if that was done before, None if no service has it.

        :raises StillUnreadable: if its data still does not fit the contract
        :raises ReplayRefused: if its consumer refuses it
        :raises Unavailable: if a service that may have it does not answer
        """
        if not _ID.fullmatch(letter_id):
            return None
        unreachable: Unavailable | None = None
        for client in self._clients.values():
            try:
                answer = client.request("POST", f"/internal/dead-letters/{letter_id}/replay", act=act)
            except Unavailable as down:
                unreachable = down
                continue
            if answer.is_success:
                return bool(answer.json()["replayed"])
            if answer.status_code != 404:
                raise refusal_of(str(answer.json().get("reason", "")))
        if unreachable is not None:
            raise unreachable
        return None
