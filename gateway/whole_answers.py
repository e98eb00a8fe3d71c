"""An answer that is already whole leaves in one piece.

Uvicorn checks each header by regular expressions and writes head and body apart, each by a call of the kernel; that
was a fifth of what a transfer cost here. Headers that we made ourselves need no check.
"""

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from gateway.headers import Headers

EXTENSION = "strongroom.whole-answer"
"""The name under which an ASGI scope carries a `WholeAnswer`; other servers, and tests, have none."""


class WholeAnswer:
    """Sends the one answer to a request."""

    def __init__(self, cycle: RequestResponseCycle) -> None:
        """Answer for a request of uvicorn's."""
        self._cycle = cycle

    def send(self, status: int, headers: Headers, body: bytes) -> bool:
        """Send an answer, which must have its `content-length` and no `connection` header, to a request but HEAD.

        False, and nothing is sent, if it cannot be done in one go: then it is to be sent the usual way.
        """
        cycle = self._cycle
        if cycle.disconnected or cycle.response_started or cycle.flow.write_paused or not cycle.keep_alive:
            return False
        parts = [STATUS_LINE[status]]
        for name, value in (*cycle.default_headers, *headers):
            parts += (name, b": ", value, b"\r\n")
        parts += (b"\r\n", body)
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cycle.transport.write(b"".join(parts))
        cycle.message_event.set()
        cycle.on_response()
        return True
