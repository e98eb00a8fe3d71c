"""New tokens for a browser's session: identity is asked once, however many requests need them at the same time.

A page sends many requests at once, and all of them carry the same refresh token. The first one renews the session, the
others wait for it; those that set out a moment before the new cookies arrived get the same answer.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from aiohttp import ClientError
from multidict import CIMultiDict

from gateway.exchange import Exchange
from gateway.refusals import UpstreamUnavailable
from gateway.upstreams import Outgoing, Upstreams
from shared.errors import Unavailable
from shared.observability.context import deadline_after

PATH = "/api/v1/auth/refresh"
REFRESH_SECONDS = 5.0
# As long as identity gives the same device the same successor: a request of a minute ago is a thief's.
KEPT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Renewed:
    """What identity gave; `expires_in` is the access token's life in seconds when it was given."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int


class Refresher:
    """Renews sessions. Made inside the event loop, like the connections that it uses."""

    def __init__(self, upstreams: Upstreams) -> None:
        """Ask identity by these connections."""
        self._upstreams = upstreams
        self._asked: dict[tuple[str, bytes], asyncio.Task[Renewed | None]] = {}

    async def renew(self, token: str, *, exchange: Exchange, wanted: Mapping[bytes, bytes]) -> Renewed | None:
        """Give the tokens that follow a refresh token; None if identity refuses it.

        :raises Unavailable: if identity cannot be asked now
        """
        # The program counts as the device does at identity: another one with the same token gets no answer of ours.
        key = (token, wanted.get(b"user-agent", b""))
        task = self._asked.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(token, _headers(exchange, wanted)))
            self._asked[key] = task
            task.add_done_callback(lambda done: self._keep(key, done))
        # One who hangs up must not take the answer away from the others.
        return await asyncio.shield(task)

    def _keep(self, key: tuple[str, bytes], done: asyncio.Task[Renewed | None]) -> None:
        if done.cancelled() or done.exception() is not None or done.result() is None:
            self._asked.pop(key, None)
        else:
            asyncio.get_running_loop().call_later(KEPT_SECONDS, self._asked.pop, key, None)

    async def _ask(self, token: str, headers: CIMultiDict[str]) -> Renewed | None:
        body = orjson.dumps({"refresh_token": token})
        # Asked again, identity gives the same successor: so this may be held and repeated while it restarts.
        request = Outgoing("identity", "POST", PATH, headers, body, repeatable=True)
        try:
            async with asyncio.timeout(REFRESH_SECONDS):
                response = await self._upstreams.send(request)
                async with response:
                    status, content = response.status, await response.read()
        except TimeoutError:
            self._upstreams.timed_out("identity")
            raise _away() from None
        except ClientError:
            raise _away() from None
        if status == 200:
            given = orjson.loads(content)
            return Renewed(given["access_token"], given["refresh_token"], given["expires_in"])
        if status in (401, 422):
            return None
        raise _away()


def _headers(exchange: Exchange, wanted: Mapping[bytes, bytes]) -> CIMultiDict[str]:
    headers = CIMultiDict(
        {
            "Content-Type": "application/json",
            "X-Request-Id": exchange.request_id,
            "traceparent": exchange.traceparent,
            "X-Deadline": deadline_after(REFRESH_SECONDS),
        }
    )
    if b"user-agent" in wanted:
        headers["User-Agent"] = wanted[b"user-agent"].decode("utf-8", "replace")
    headers["X-Client-Address"] = exchange.address
    return headers


def _away() -> Unavailable:
    return UpstreamUnavailable("The identity service does not answer now.", retry_after_seconds=1)
