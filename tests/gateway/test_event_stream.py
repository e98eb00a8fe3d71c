"""An event stream through the gateway: how long it lasts, and what its reader is told before it ends."""

import asyncio
from typing import Any, cast

import aiohttp
import pytest

from gateway.event_stream import pass_events
from gateway.exchange import Exchange


class Source:
    """An answer whose events a test writes."""

    def __init__(self, *parts: bytes) -> None:
        """Have some events already; the loop must run."""
        self.content = aiohttp.StreamReader(cast(Any, FlowControl()), 2**16, loop=asyncio.get_running_loop())
        for part in parts:
            self.content.feed_data(part)


class FlowControl:
    """What a stream reader asks to pause: nothing here."""

    _reading_paused = False
    connected = True

    def pause_reading(self) -> None:
        """Do nothing."""

    def resume_reading(self, **_more: object) -> None:
        """Do nothing."""


async def passed(source: Source, stopping: asyncio.Event, **deadlines: float) -> tuple[bytes, bool]:
    """Give what reached the reader, and whether the answer was ended."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()

    exchange = Exchange(scope={"method": "GET", "headers": []}, receive=receive, send=send, security=[])
    response = cast(aiohttp.ClientResponse, source)
    async with asyncio.timeout(10):
        await pass_events(exchange, response, stopping=stopping, **deadlines)
    return b"".join(message["body"] for message in sent), not sent[-1]["more_body"]


class TestPassEvents:
    def test_passes_what_comes_and_ends_with_its_source(self) -> None:
        async def story() -> tuple[bytes, bool]:
            source = Source(b"data: 1\n\n", b"data: 2\n\n")
            source.content.feed_eof()
            return await passed(source, asyncio.Event())

        assert asyncio.run(story()) == (b"data: 1\n\ndata: 2\n\n", True)

    @pytest.mark.parametrize("deadlines", [{"silence_seconds": 0.05}, {"life_seconds": 0.05}, {"life_seconds": 0.0}])
    def test_ends_one_that_is_silent_or_lasts_too_long_with_a_hint_to_come_again(
        self, deadlines: dict[str, float]
    ) -> None:
        async def story() -> tuple[bytes, bool]:
            return await passed(Source(), asyncio.Event(), **deadlines)

        told, ended = asyncio.run(story())
        assert ended
        assert told.startswith(b"event: reconnect\nretry: ")
        assert told.endswith(b"\ndata: {}\n\n")
        assert 500 <= int(told.split(b"retry: ")[1].split(b"\n")[0]) <= 3_000

    def test_ends_when_the_gateway_stops(self) -> None:
        async def story() -> tuple[bytes, bool]:
            stopping = asyncio.Event()
            asyncio.get_running_loop().call_later(0.05, stopping.set)
            return await passed(Source(b": keep-alive\n\n"), stopping)

        told, ended = asyncio.run(story())
        assert ended
        assert told.startswith(b": keep-alive\n\nevent: reconnect\n")

    def test_says_nothing_in_the_middle_of_an_event(self) -> None:
        async def story() -> tuple[bytes, bool]:
            return await passed(Source(b'data: {"half'), asyncio.Event(), silence_seconds=0.05)

        assert asyncio.run(story()) == (b'data: {"half', True)

    def test_lives_on_while_there_are_signs_of_life(self) -> None:
        async def story() -> tuple[bytes, bool]:
            source = Source()
            loop = asyncio.get_running_loop()
            for number in range(4):
                loop.call_later(0.3 * number, source.content.feed_data, b": keep-alive\n\n")
            loop.call_later(1.0, source.content.feed_eof)
            return await passed(source, asyncio.Event(), silence_seconds=0.8)

        assert asyncio.run(story()) == (b": keep-alive\n\n" * 4, True)
