"""Requests written byte by byte, so that nothing between the attack and the gateway tidies them up."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

CRLF = b"\r\n"
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class RawAnswer:
    """What came back over one connection: every answer's status, in order, and all the bytes."""

    statuses: list[int]
    content: bytes

    @property
    def first(self) -> int:
        """Give the first status, 0 if the connection was closed without an answer."""
        return self.statuses[0] if self.statuses else 0


def speak(url: str, request: bytes, *, timeout_seconds: float = 5.0) -> RawAnswer:
    """Send bytes to the server at a URL and read until it closes, or says nothing more."""
    where = urlsplit(url)
    content = b""
    with socket.create_connection((where.hostname or "", where.port or 80), timeout=timeout_seconds) as connection:
        connection.sendall(request)
        connection.settimeout(timeout_seconds)
        try:
            while len(content) < MOST_BYTES and (part := connection.recv(65_536)):
                content += part
        except (TimeoutError, ConnectionResetError):
            pass
    return RawAnswer(_statuses(content), content)


def _statuses(content: bytes) -> list[int]:
    """Read the status lines, also one that follows a body without a line's end between them."""
    begun = (part[:3] for part in content.replace(b"HTTP/1.0 ", b"HTTP/1.1 ").split(b"HTTP/1.1 ")[1:])
    return [int(status) for status in begun if status.isdigit()]


def request(line: str, *headers: str, body: bytes = b"", host: str = "localhost") -> bytes:
    """Write a request that asks for the connection to be closed after it."""
    named = {header.partition(":")[0].lower() for header in headers}
    sent = [line, *([] if "host" in named else [f"Host: {host}"]), *headers]
    if "connection" not in named:
        sent.append("Connection: close")
    return CRLF.join(one.encode("latin-1") for one in sent) + CRLF + CRLF + body
