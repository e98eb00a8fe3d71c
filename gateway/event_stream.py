"""An event stream on its way through: it lasts while its service gives signs of life, at most as long as a token.

Who follows it is told to come again, and when, before the gateway ends it: a browser's `EventSource` then does so by
itself, with the `Last-Event-ID` that it kept.
"""

import asyncio
import random

import aiohttp

from gateway.exchange import Exchange

SILENCE_SECONDS = 45.0
"""Three heartbeats of a service (DESIGN §6: one every 15 s). Who is silent longer is gone, or hangs."""
LIFE_SECONDS = 330.0
"""A stream ends with its token, which lives 300 s at most; one that its service forgot to end is ended here."""
_COME_AGAIN_MILLISECONDS = (500, 3_000)


async def pass_events(
    exchange: Exchange,
    response: aiohttp.ClientResponse,
    *,
    stopping: asyncio.Event,
    silence_seconds: float = SILENCE_SECONDS,
    life_seconds: float = LIFE_SECONDS,
) -> None:
    """Pass a stream's events until it ends, is silent too long, has lasted too long, or the gateway stops."""
    loop = asyncio.get_running_loop()
    until = loop.time() + life_seconds
    stopped = asyncio.create_task(stopping.wait())
    between_events = True
    try:
        while True:
            part = asyncio.create_task(response.content.readany())
            patience = max(0.0, min(silence_seconds, until - loop.time()))
            try:
                await asyncio.wait({part, stopped}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                if not part.done():
                    # Half an event stays half: a reader drops it, and asks for it again by the id of the one before.
                    await exchange.part(_come_again() if between_events else b"", more=False)
                    return
            finally:
                part.cancel()
            content = part.result()
            await exchange.part(content, more=bool(content))
            if not content:
                return
            between_events = content.endswith(b"\n\n")
    finally:
        stopped.cancel()


def _come_again() -> bytes:
    """Say when to come again: not everybody at once."""
    pause = random.randint(*_COME_AGAIN_MILLISECONDS)  # noqa: S311 - jitter, not a secret
    return f"event: reconnect\nretry: {pause}\ndata: {{}}\n\n".encode()
