"""Answers that are made once, at start: packed for who can unpack them, and not sent again to who has them.

What a service answers is never packed here: a secret beside a text that a stranger chooses could be guessed from how
well both pack together.
"""

import gzip
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from gateway.exchange import Answer
from gateway.headers import Headers

SHORTEST_BYTES = 1024
_TEXTS = (b"text/", b"application/json", b"application/manifest+json", b"image/svg+xml")


def packed(answer: Answer, ready: Iterable[tuple[bytes, bytes]] = ()) -> Answer:
    """Give an answer with its mark (ETag) and its packed forms; `ready` are those that were made before."""
    forms = list(ready)
    is_text = answer.content_type.startswith(_TEXTS)
    if is_text and len(answer.body) >= SHORTEST_BYTES and not any(name == b"gzip" for name, _ in forms):
        forms.append((b"gzip", gzip.compress(answer.body, 6, mtime=0)))
    mark = b'"' + sha256(answer.body).hexdigest()[:32].encode() + b'"'
    headers = [*answer.headers, (b"etag", mark), *([(b"vary", b"accept-encoding")] if forms else [])]
    return replace(answer, headers=headers, forms=tuple(forms))


def fitting(answer: Answer, sent: Headers) -> Answer:
    """Give the form of an answer that fits a request's headers: packed, or only "not modified"."""
    if not answer.forms and not any(name == b"etag" for name, _ in answer.headers):
        return answer
    asked = {name: value for name, value in sent if name in (b"accept-encoding", b"if-none-match")}
    mark = next(value for name, value in answer.headers if name == b"etag")
    if mark in (one.strip().removeprefix(b"W/") for one in asked.get(b"if-none-match", b"").split(b",")):
        return replace(answer, status=304, body=b"", forms=())
    accepted = _accepted(asked.get(b"accept-encoding", b""))
    for name, body in answer.forms:
        if name in accepted:
            return replace(answer, body=body, headers=[*answer.headers, (b"content-encoding", name)])
    return answer


def _accepted(header: bytes) -> set[bytes]:
    found = set()
    for part in header.lower().split(b","):
        name, _, quality = part.replace(b" ", b"").partition(b";q=")
        if quality.rstrip(b"0") not in (b"0.", b"") or not quality:
            found.add(name)
    return found
