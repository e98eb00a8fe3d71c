"""Reading a request's body at the door: bounded, of the type that the route reads, then replayed to the app.

That is strict JSON of at most 256 KiB, or for the few routes that take a file what their policy row says.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.contracts.policy.row import Upload
from shared.errors import Malformed, TooLarge, UnsupportedMediaType
from shared.web.strict_json import parse_strict

if TYPE_CHECKING:  # the ledger's writer checks types, too, and does without the web framework
    from starlette.types import Message, Receive, Scope

MAX_BODY_BYTES = 256 * 1024
_READ_SECONDS = 15
_JSON = frozenset({"application/json"})


class BodyTooLarge(TooLarge):
    """The body is over 256 KiB, or over what a route for files takes."""

    code = "request.too-large"
    title = "The body is too large"
    next_step = "Send less at once; limit_bytes says how much this route takes."


class NotJson(UnsupportedMediaType):
    """The body is not application/json in UTF-8 (or a file of the types that the route reads), or it is compressed."""

    code = "request.unsupported-media-type"
    title = "The body is of a type that this route does not read"
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


def limit_of(upload: Upload | None) -> int:
    """Give how many bytes a body may have: 256 KiB of JSON, or what a route for files takes."""
    return MAX_BODY_BYTES if upload is None else upload.limit_bytes


def check_declared_length(scope: "Scope", upload: Upload | None) -> None:
    """Refuse by the Content-Length alone, before anything is read.

    :raises BodyTooLarge: if more is announced than the route takes
    :raises BadFraming: if the length is not one number
    """
    lengths = headers_named(scope, b"content-length")
    if not lengths:
        return
    if len(set(lengths)) > 1 or not lengths[0].isdigit() or len(lengths[0]) > 15:
        raise BadFraming("Content-Length is not one number.")
    if int(lengths[0]) > limit_of(upload):
        raise BodyTooLarge(limit_bytes=limit_of(upload))


async def read_body(scope: "Scope", receive: "Receive", upload: Upload | None) -> tuple[bytes, Any]:
    """Read, check and parse the body; an empty one is (b"", None), and so is the parsed part of a file.

    :raises BodyTooLarge: at the first byte over the limit, whatever was announced
    :raises NotJson: if a body is there and is not plain application/json, or not a file of the route's types
    :raises MalformedJson: if it is not strict JSON
    :raises BadFraming: if it does not come within 15 s
    :raises CallerLeft: if the connection closed
    """
    try:
        async with asyncio.timeout(_READ_SECONDS):
            raw = await _read(receive, limit_of(upload))
    except TimeoutError:
        raise BadFraming(f"The body did not come within {_READ_SECONDS} s.") from None
    if not raw:
        return b"", None
    types, encodings = headers_named(scope, b"content-type"), headers_named(scope, b"content-encoding")
    check_type(types, encodings, upload)
    return raw, None if upload else parse_strict(raw)


async def _read(receive: "Receive", limit_bytes: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CallerLeft
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit_bytes:
            raise BodyTooLarge(limit_bytes=limit_bytes)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def check_type(types: Sequence[bytes], encodings: Sequence[bytes], upload: Upload | None = None) -> None:
    """Check every value of Content-Type and of Content-Encoding that came with a body.

    :raises NotJson: if the body is not plain application/json in UTF-8, or not a file of the types of `upload`
    """
    if any(encoding.strip().lower() != b"identity" for encoding in encodings):
        raise NotJson("Compressed bodies are not read.")
    read = upload.types if upload else _JSON
    wanted = ", ".join(sorted(read))
    if len(types) != 1:
        raise NotJson(f"One Content-Type is needed: {wanted}.")
    kind, _, parameters = types[0].partition(b";")
    if kind.strip().lower().decode("latin-1") not in read:
        raise NotJson(f"This route reads {wanted}.")
    charset = parameters.strip().lower().replace(b'"', b"").replace(b" ", b"")
    if charset not in (b"", b"charset=utf-8"):
        raise NotJson("Bodies are read in UTF-8 only.")


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
