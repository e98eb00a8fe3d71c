"""Reading a request's body at the door: bounded, of the one type we read, strict JSON, then replayed to the app."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import Malformed, TooLarge, UnsupportedMediaType
from shared.web.strict_json import parse_strict

if TYPE_CHECKING:  # the ledger's writer checks types, too, and does without the web framework
    from starlette.types import Message, Receive, Scope

MAX_BODY_BYTES = 256 * 1024
_READ_SECONDS = 15


class BodyTooLarge(TooLarge):
    """The body is over 256 KiB."""

    code = "request.too-large"
    title = "The body is too large"
    next_step = "Send less at once; limit_bytes says how much this route takes."


class NotJson(UnsupportedMediaType):
    """The body is not application/json in UTF-8, or it is compressed."""

    code = "request.unsupported-media-type"
    title = "Bodies are application/json"
    next_step = "Send the body plainly in the content type that the API document names for this route."


class BadFraming(Malformed):
    """The body's length is no number, or the body did not come in time."""

    code = "request.bad-framing"
    title = "The body cannot be read"
    next_step = "Send the whole body again, with its length in Content-Length."


class CallerLeft(Exception):
    """The caller closed the connection before the body was complete."""


def headers_named(scope: "Scope", name: bytes) -> list[bytes]:
    """Give every value of a header."""
    return [value for key, value in scope["headers"] if key == name]


def check_declared_length(scope: "Scope") -> None:
    """Refuse by the Content-Length alone, before anything is read.

    :raises BodyTooLarge: if more than 256 KiB is announced
    :raises BadFraming: if the length is not one number
    """
    lengths = headers_named(scope, b"content-length")
    if not lengths:
        return
    if len(set(lengths)) > 1 or not lengths[0].isdigit() or len(lengths[0]) > 15:
        raise BadFraming("Content-Length is not one number.")
    if int(lengths[0]) > MAX_BODY_BYTES:
        raise BodyTooLarge(limit_bytes=MAX_BODY_BYTES)


async def read_body(scope: "Scope", receive: "Receive") -> tuple[bytes, Any]:
    """Read, check and parse the body; an empty one is (b"", None).

    :raises BodyTooLarge: at the first byte over 256 KiB, whatever was announced
    :raises NotJson: if a body is there and is not plain application/json
    :raises MalformedJson: if it is not strict JSON
    :raises BadFraming: if it does not come within 15 s
    :raises CallerLeft: if the connection closed
    """
    try:
        async with asyncio.timeout(_READ_SECONDS):
            raw = await _read(receive)
    except TimeoutError:
        raise BadFraming(f"The body did not come within {_READ_SECONDS} s.") from None
    if not raw:
        return b"", None
    check_type(headers_named(scope, b"content-type"), headers_named(scope, b"content-encoding"))
    return raw, parse_strict(raw)


async def _read(receive: "Receive") -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CallerLeft
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise BodyTooLarge(limit_bytes=MAX_BODY_BYTES)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def check_type(types: Sequence[bytes], encodings: Sequence[bytes]) -> None:
    """Check every value of Content-Type and of Content-Encoding that came with a body.

    :raises NotJson: if the body is not plain application/json in UTF-8
    """
    if any(encoding.strip().lower() != b"identity" for encoding in encodings):
        raise NotJson("Compressed bodies are not read.")
    if len(types) != 1:
        raise NotJson("One Content-Type is needed: application/json.")
    kind, _, parameters = types[0].partition(b";")
    if kind.strip().lower() != b"application/json":
        raise NotJson
    charset = parameters.strip().lower().replace(b'"', b"").replace(b" ", b"")
    if charset not in (b"", b"charset=utf-8"):
        raise NotJson("JSON is read in UTF-8 only.")


def replay(raw: bytes, receive: "Receive") -> "Receive":
    """Give the app the body that was read, then whatever the connection says next."""
    sent = False

    async def again() -> "Message":
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": raw, "more_body": False}

    return again
