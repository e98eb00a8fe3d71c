"""Forward one request to its service and stream the answer back.

The service gets the request as the client wrote it, less what is not on the list of headers, plus the request id, the
trace, the deadline and the address of the peer. The body is read whole first (it is short by rule).
"""

import asyncio
from collections.abc import Coroutine

import aiohttp
from multidict import CIMultiDict

from gateway.event_stream import pass_events
from gateway.exchange import AnswerBroken, Exchange
from gateway.headers import NO_STORE, PASSED_INWARDS, passed_outwards
from gateway.policy import Operation
from gateway.refusals import DeadlinePassed, UpstreamUnavailable
from gateway.routes import STREAMS
from gateway.upstreams import Outgoing, Upstreams
from shared.observability.context import deadline_after

READ_WHOLE_BYTES = 64 * 1024


async def forward(exchange: Exchange, operation: Operation, wanted: dict[bytes, bytes], upstreams: Upstreams) -> None:
    """Forward a request that was allowed.

    :raises UpstreamUnavailable: if the service is down
    :raises DeadlinePassed: if it took too long
    """
    route = operation.route
    until = asyncio.get_running_loop().time() + route.timeout_seconds
    body = await exchange.body(declared=wanted.get(b"content-length"), limit_bytes=route.body_limit_bytes, until=until)
    request = _outgoing(exchange, operation, wanted, body, seconds_left=until - asyncio.get_running_loop().time())
    try:
        with upstreams.place(route.upstream, is_stream=request.is_stream):
            async with asyncio.timeout_at(until) as limit:
                response = await upstreams.send(request)
                try:
                    await _relay(exchange, operation, response, limit, upstreams.stopping)
                finally:
                    # Closes the connection unless the body was read to its end.
                    response.release()
    except TimeoutError:
        upstreams.timed_out(route.upstream)
        _only_if_unanswered(exchange)
        raise DeadlinePassed(f"The {route.upstream} service did not answer in time.", retry_after_seconds=1) from None
    except aiohttp.ClientError:
        _only_if_unanswered(exchange)
        raise UpstreamUnavailable(f"The {route.upstream} service broke off.", retry_after_seconds=1) from None


def _outgoing(
    exchange: Exchange, operation: Operation, wanted: dict[bytes, bytes], body: bytes, *, seconds_left: float
) -> Outgoing:
    headers = CIMultiDict(
        (name.decode("ascii"), value.decode("utf-8", "replace"))
        for name, value in wanted.items()
        if name in PASSED_INWARDS
    )
    headers["X-Request-Id"] = exchange.request_id
    headers["traceparent"] = exchange.traceparent
    headers["X-Deadline"] = deadline_after(seconds_left)
    headers["X-Client-Address"] = exchange.address
    query = exchange.scope["query_string"]
    path = exchange.scope["raw_path"].decode("ascii") + (f"?{query.decode('ascii')}" if query else "")
    repeatable = exchange.method == "GET" or (exchange.method == "POST" and b"idempotency-key" in wanted)
    is_stream = operation.name in STREAMS
    return Outgoing(operation.route.upstream, exchange.method, path, headers, body, repeatable, is_stream)


async def _relay(
    exchange: Exchange,
    operation: Operation,
    response: aiohttp.ClientResponse,
    limit: asyncio.Timeout,
    stopping: asyncio.Event,
) -> None:
    headers = [NO_STORE, *passed_outwards(response.raw_headers)]
    # Shown mails need styles of their own; the viewer, which is there in the sandbox only, says how it confines them.
    policy = response.headers.get("Content-Security-Policy") if operation.route.sandbox_only else None
    length = response.content_length
    if length is not None and length <= READ_WHOLE_BYTES:
        # Read before the head is sent: if the service breaks off here, the client still gets a clean answer.
        body = await response.read()
        await exchange.start(response.status, headers, policy=policy.encode() if policy else None)
        await exchange.part(body, more=False)
        return
    is_events = response.content_type == "text/event-stream"
    await exchange.start(response.status, headers, policy=policy.encode() if policy else None)
    if is_events:
        limit.reschedule(None)  # it has deadlines of its own
        await _until_client_gone(exchange, pass_events(exchange, response, stopping=stopping))
        return
    await _until_client_gone(exchange, _stream(exchange, response))


async def _stream(exchange: Exchange, response: aiohttp.ClientResponse) -> None:
    async for part in response.content.iter_any():
        await exchange.part(part, more=True)
    await exchange.part(b"", more=False)


async def _until_client_gone(exchange: Exchange, streaming: Coroutine[None, None, None]) -> None:
    """Stream until the end, or until the client hangs up (writing to a closed connection would never tell)."""
    stream = asyncio.create_task(streaming)
    gone = asyncio.create_task(_client_gone(exchange))
    try:
        await asyncio.wait({stream, gone}, return_when=asyncio.FIRST_COMPLETED)
        if stream.done():
            await stream
    finally:
        for task in (stream, gone):
            task.cancel()
        await asyncio.gather(stream, gone, return_exceptions=True)


async def _client_gone(exchange: Exchange) -> None:
    while (await exchange.receive())["type"] != "http.disconnect":
        pass


def _only_if_unanswered(exchange: Exchange) -> None:
    """Leave the answer broken off if its head is already sent: a half answer must not look like a whole one.

    :raises AnswerBroken: if so
    """
    if exchange.status:
        raise AnswerBroken
