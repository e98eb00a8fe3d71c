"""Whether an upstream that was down lives again: asked by the gateway itself, not found out with somebody's request.

A process that hangs takes a connection and never answers; who is sent there as a trial waits for their whole deadline.
"""

import asyncio

import aiohttp

EVERY_SECONDS = 1.0


class Probe:
    """Asks one upstream's `/livez` once a second, from when it is known to be down until it answers."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        """Ask there."""
        self._url = f"{url}/livez"
        self._session = session
        self._lives = False
        self._asking: asyncio.Task[None] | None = None

    def lives(self) -> bool:
        """Tell whether it answered since it failed last; if not, it is being asked from now on."""
        if not self._lives and self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return self._lives

    def failed(self) -> None:
        """Note that it failed: an earlier answer counts no more."""
        self._lives = False

    def stop(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> None:
        try:
            while not self._lives:
                self._lives = await self._answers()
                if not self._lives:
                    await asyncio.sleep(EVERY_SECONDS)
        finally:
            self._asking = None

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(EVERY_SECONDS), self._session.get(self._url) as response:
                return response.status < 500
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
