"""The worker's way to the writer: its own commands as frames, many at a time; over HTTP where there is no socket.

Each command has a key, so one that was sent twice is booked once.
"""

import asyncio
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from shared.clients.frames import FrameClient
from shared.clients.http import ServiceClient
from shared.clients.tokens import TokenSource
from shared.errors import Unavailable
from shared.ids import new_id
from shared.observability.context import current_request_id, current_traceparent

AT_ONCE = 16
"""Commands on their way at the same time: what people order meanwhile never waits behind more than these."""

TIMEOUT_SECONDS = 30.0
_AGAIN = frozenset({401, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A command of the ledger itself."""

    route: str
    body: Mapping[str, Any]
    key: str
    path_ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the writer answered: a booking or a refusal, both final."""

    status: int
    body: Mapping[str, Any]

    @property
    def code(self) -> str | None:
        """Give the code of a refusal, None for a booking."""
        return str(self.body.get("code")) if self.status >= 400 else None


class LedgerLane(Protocol):
    """Takes commands to the writer."""

    def book(self, commands: Sequence[OwnCommand]) -> list[Outcome]:
        """Give the outcome of each command, in order.

        :raises Unavailable: if not all of them were decided; those that were will be replayed
        """


class WriterLane:
    """Frames to the writer's socket, from a loop of its own in a thread."""

    def __init__(self, socket: Path, tokens: TokenSource, http: ServiceClient | None = None) -> None:
        """Name the socket, and the API to ask where there is none."""
        self._socket, self._tokens, self._http = socket, tokens, http
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def book(self, commands: Sequence[OwnCommand]) -> list[Outcome]:
        """Give the outcome of each command, in order.

        :raises Unavailable: if not all of them were decided
        """
        if not commands:
            return []
        if self._http is not None and not self._socket.exists():
            return [self._by_http(self._http, one) for one in commands]
        return asyncio.run_coroutine_threadsafe(self._all(commands), self._running()).result()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._client = FrameClient(self._socket)
                threading.Thread(target=self._loop.run_forever, name="ledger-lane", daemon=True).start()
            return self._loop

    async def _all(self, commands: Sequence[OwnCommand]) -> list[Outcome]:
        token = await asyncio.to_thread(self._tokens.token_for, "transactions")
        found: list[Outcome] = []
        for start in range(0, len(commands), AT_ONCE):
            part = commands[start : start + AT_ONCE]
            found.extend(await asyncio.gather(*(self._by_frame(one, token) for one in part)))
        return found

    async def _by_frame(self, one: OwnCommand, token: str) -> Outcome:
        answer = await self._client.call(
            timeout_seconds=TIMEOUT_SECONDS,
            route=one.route,
            token=token,
            key=one.key,
            body=json.dumps(one.body).encode(),
            request_id=current_request_id() or new_id(),
            path_ids=dict(one.path_ids),
            deadline=None,
            traceparent=current_traceparent(),
            dry_run=False,
        )
        return _decided(answer.status, json.loads(answer.body))

    def _by_http(self, http: ServiceClient, one: OwnCommand) -> Outcome:
        method, _, path = one.route.partition(" ")
        answer = http.request(
            method, path.format(**one.path_ids), json=dict(one.body), headers={"idempotency-key": one.key}
        )
        return _decided(answer.status_code, answer.json())


def _decided(status: int, body: Mapping[str, Any]) -> Outcome:
    if status in _AGAIN:
        raise Unavailable(f"The writer answered {status} {body.get('code', '')}.", retry_after_seconds=1)
    return Outcome(status, body)
