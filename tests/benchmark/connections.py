"""A lean HTTP/1.1 client for load: blocking sockets under one epoll, one request at a time on each connection.

It shares the machine with the bank it loads, so it costs little: requests come as ready bytes, of an answer only the
status and the body are read. Standard library only.
"""

import select
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

PATIENCE_SECONDS = 20.0
_CHUNK = 1 << 18


class Broken(Exception):
    """A connection broke or an answer did not come."""


@dataclass(slots=True)
class Line:
    """One connection, and the request that is on it."""

    socket: socket.socket
    number: int = -1
    since: float = 0.0
    received: bytes = b""


class Lines:
    """Some keep-alive connections to one address."""

    def __init__(self, address: tuple[str, int], count: int) -> None:
        """Open them all.

        :raises OSError: if nobody listens there
        """
        self._address = address
        self._poll = select.epoll()
        self._lines: dict[int, Line] = {}
        for _ in range(count):
            self.open()

    def open(self) -> Line:
        """Open one more connection."""
        made = socket.create_connection(self._address, timeout=PATIENCE_SECONDS)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The kernel's own limits: Python's would cost one more system call for each send and receive.
        made.settimeout(None)
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            made.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", round(PATIENCE_SECONDS), 0))
        line = Line(made)
        self._lines[made.fileno()] = line
        self._poll.register(made.fileno(), select.EPOLLIN)
        return line

    def all(self) -> list[Line]:
        """Give the connections that are open."""
        return list(self._lines.values())

    def drop(self, line: Line) -> None:
        """Close a connection."""
        self._poll.unregister(line.socket.fileno())
        del self._lines[line.socket.fileno()]
        line.socket.close()

    def ready(self, timeout_seconds: float) -> list[Line]:
        """Wait until something came, and give the connections where it did."""
        lines = self._lines
        return [lines[number] for number, _ in self._poll.poll(timeout_seconds)]

    def close(self) -> None:
        """Close all."""
        for line in self.all():
            self.drop(line)
        self._poll.close()


def send(line: Line, request: bytes, *, number: int, since: float) -> None:
    """Send a request; `since` is the moment that its latency counts from."""
    line.number, line.since, line.received = number, since, b""
    line.socket.sendall(request)


def receive(line: Line) -> tuple[int, bytes] | None:
    """Take what came on a connection and give status and body once the answer is whole.

    :raises Broken: if the other side closed it
    """
    data = line.socket.recv(_CHUNK)
    if not data:
        raise Broken("closed by the other side")
    line.received = received = line.received + data if line.received else data
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    start = end + 4
    length = _length(received[:start])
    if length is None:
        return (int(received[9:12]), received[start:]) if received.endswith(b"0\r\n\r\n") else None
    if len(received) < start + length:
        return None
    return int(received[9:12]), received[start : start + length]


def _length(head: bytes) -> int | None:
    """Give the length of the body, None if it comes in chunks."""
    at = head.find(b"content-length: ")
    if at < 0:
        head = head.lower()
        at = head.find(b"content-length:")
        if at < 0:
            return 0 if b"chunked" not in head else None
    return int(head[at + 15 : head.index(b"\r", at)])


def ask_all(
    address: tuple[str, int],
    requests: list[bytes],
    *,
    connections: int,
    on_answer: Callable[[int, int, bytes], None],
) -> None:
    """Send each request once, many at a time, and hand number, status and body of every answer over.

    :raises Broken: if a connection breaks or nothing comes for 20 s
    """
    lines = Lines(address, min(connections, len(requests)))
    waiting = enumerate(requests)
    try:
        open_requests = 0
        for line, (number, request) in zip(lines.all(), waiting, strict=False):
            send(line, request, number=number, since=0.0)
            open_requests += 1
        while open_requests:
            ready = lines.ready(PATIENCE_SECONDS)
            if not ready:
                raise Broken(f"{open_requests} requests got no answer for {PATIENCE_SECONDS:.0f} s")
            for line in ready:
                answer = receive(line)
                if answer is None:
                    continue
                on_answer(line.number, *answer)
                following = next(waiting, None)
                if following is None:
                    open_requests -= 1
                else:
                    send(line, following[1], number=following[0], since=0.0)
    finally:
        lines.close()
