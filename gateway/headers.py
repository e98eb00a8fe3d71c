"""Which headers pass, in both directions, and which the gateway sets.

Inwards an allow-list: what is not on it (`X-User-*`, `X-Forwarded-*`, `X-HTTP-Method-Override`, `Cookie`, hop-by-hop
headers …) cannot reach a service. Outwards a deny-list, so that the gateway's own are the only ones of their name.
"""

from gateway.refusals import RepeatedHeader, RepeatedKey
from shared.observability.context import accept_request_id, accept_traceparent

Headers = list[tuple[bytes, bytes]]

NO_STORE = (b"cache-control", b"no-store")
NO_CACHE = (b"cache-control", b"no-cache")

PASSED_INWARDS = frozenset(
    b"accept accept-language authorization content-encoding content-type idempotency-key if-match if-none-match"
    b" last-event-id step-up user-agent x-device-token".split()
)
FETCH = b"sec-fetch-*"
"""Stands for any header of that name but `Sec-Fetch-Site`, among those that `read_headers` gives."""
# What is read besides: the length of the body, and what tells a browser and its session.
_READ = PASSED_INWARDS | {b"content-length", b"cookie", b"host", b"origin", b"sec-fetch-site"}
_NAMES = frozenset({b"x-request-id", b"traceparent"})
_REMOVED_OUTWARDS = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding"
    b" upgrade server date set-cookie cache-control x-request-id content-security-policy x-content-type-options"
    b" x-frame-options referrer-policy permissions-policy strict-transport-security cross-origin-opener-policy"
    b" cross-origin-resource-policy".split()
)

_CONTENT_POLICY = b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
# Swagger UI's style sheet carries its icons as data: addresses.
DOCS_POLICY = _CONTENT_POLICY + b"; img-src 'self' data:"

_SECURITY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


def security_headers(*, https: bool) -> Headers:
    """Give the headers that every answer carries beside its content policy."""
    if https:
        return [*_SECURITY, (b"strict-transport-security", b"max-age=31536000; includeSubDomains")]
    return list(_SECURITY)


def content_policy(policy: bytes | None) -> tuple[bytes, bytes]:
    """Give the Content-Security-Policy header: the strict one, or one with a named exception."""
    return (b"content-security-policy", policy or _CONTENT_POLICY)


def read_headers(raw: Headers) -> dict[bytes, bytes]:
    """Give the headers that may pass and those that the gateway itself goes by, by lower-case name.

    :raises RepeatedHeader: if one of them came twice
    """
    wanted: dict[bytes, bytes] = {}
    for name, value in raw:
        if name in _READ:
            if name in wanted:
                kind = RepeatedKey if name == b"idempotency-key" else RepeatedHeader
                raise kind(f"The header {name.decode()} may come only once.")
            wanted[name] = value
        elif name.startswith(b"sec-fetch-"):
            wanted[FETCH] = value
    return wanted


def names_of(raw: Headers) -> tuple[str, str, str | None]:
    """Give the request id and the W3C trace (this hop is the parent) of a request, and the trace as it was sent.

    The client's are taken if they are well-formed and came once; else new ones are made.
    """
    sent: dict[bytes, str | None] = {}
    for name, value in raw:
        if name in _NAMES:
            sent[name] = None if name in sent else value.decode("latin-1")
    trace = sent.get(b"traceparent")
    return accept_request_id(sent.get(b"x-request-id")), accept_traceparent(trace, from_outside=True), trace


def passed_outwards(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    """Give an upstream's headers without those that are the gateway's to set (CORS stays closed)."""
    lowered = ((name.lower(), value) for name, value in raw)
    return [
        (name, value)
        for name, value in lowered
        if name not in _REMOVED_OUTWARDS and not name.startswith(b"access-control-")
    ]
