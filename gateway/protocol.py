"""HTTP as the gateway speaks it: whole answers leave in one piece, and nobody keeps a connection for nothing.

What is no HTTP is refused like everything else: with a problem and the headers that every answer carries.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from gateway.exchange import problem
from gateway.headers import Headers, content_policy, security_headers
from gateway.refusals import NotHttp
from gateway.whole_answers import EXTENSION, WholeAnswer
from shared.ids import new_id

HEAD_SECONDS = 10.0
"""How long a request's line and headers may take, from the first byte on."""


class GatewayProtocol(HttpToolsProtocol):
    """Uvicorn's protocol, with `WholeAnswer` as an extension of each request's scope."""

    security: Headers = security_headers(https=False)
    """What every answer carries; the process sets it once before it serves."""
    head_seconds = HEAD_SECONDS
    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request, as long as for a next one."""
        super().connection_made(transport)
        self._expect_head(self.timeout_keep_alive)

    def on_message_begin(self) -> None:
        """Begin to read a request's head."""
        super().on_message_begin()
        self._expect_head(self.head_seconds)

    def on_headers_complete(self) -> None:
        """Begin a request."""
        self._forget_head()
        super().on_headers_complete()
        if getattr(self.cycle, "scope", None) is self.scope:
            self.scope["extensions"] = {EXTENSION: WholeAnswer(self.cycle)}

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        self._forget_head()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be read as HTTP, and hang up."""
        request_id = new_id()
        answer = problem(NotHttp(msg), request_id)
        headers: list[Any] = [
            *answer.headers, *self.security, content_policy(None), (b"x-request-id", request_id.encode()),
            (b"content-type", answer.content_type), (b"content-length", str(len(answer.body)).encode()),
            (b"connection", b"close"),
        ]  # fmt: skip
        parts = [STATUS_LINE[answer.status], *(b"%b: %b\r\n" % header for header in headers), b"\r\n", answer.body]
        self.transport.write(b"".join(parts))
        self.transport.close()

    def _expect_head(self, seconds: float) -> None:
        self._forget_head()
        self._head = self.loop.call_later(seconds, self._end)

    def _forget_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _end(self) -> None:
        # A request before this one may still be answered on the same connection: then this one has to wait anyway.
        before: RequestResponseCycle | None = self.cycle
        if before is None or before.response_complete:
            self.transport.close()
        else:
            self._expect_head(self.head_seconds)
