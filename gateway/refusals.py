"""What the gateway itself says no to, and what it says when a service behind it does not answer.

Where a service would say the same, the code is the same: a client need not know which door refused it.
"""

from typing import ClassVar

from shared.errors import (
    Fault,
    Forbidden,
    Malformed,
    NotFound,
    Refusal,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)


class NoSuchPath(NotFound):
    """There is no such route, or its path is not written plainly."""

    code = "request.not-found"
    title = "There is nothing here"
    next_step = "Check the address against the API document at /api/docs."


class MethodNotAllowed(Refusal):
    """The path exists, the method does not. `allow` names the methods that do."""

    code = "request.method-not-allowed"
    title = "This method is not for this route"
    next_step = "Use one of the methods that the Allow header names."

    def __init__(self, allow: str) -> None:
        """Name the methods as the Allow header does."""
        super().__init__(f"This path answers to {allow}.")
        self.allow = allow


class RoleNotAllowed(Forbidden):
    """No role of the caller may call this route."""

    code = "auth.role-not-allowed"
    title = "Your role may not do this"
    next_step = "Ask somebody whose role may do this, or sign in with another login."


class CrossSiteRequest(Forbidden):
    """A browser sends its cookies with a request that would change something, and no page of the bank made it."""

    code = "auth.cross-site-request"
    title = "This request did not come from a page of the bank"
    next_step = "Send it from a page of the bank's own address, or with a Bearer token instead of cookies."


class NoSession(Unauthenticated):
    """A browser wants to go on with a session that it does not have, or that is over."""

    code = "auth.invalid-refresh-token"
    title = "Sign in again"
    next_step = "Sign in again with e-mail address and password."


class RateExceeded(TooManyRequests):
    """Somebody asks more often than they may. `quota` says by which measure."""

    code = "gateway.rate-limited"
    title = "Too many requests"
    next_step = "Wait as long as Retry-After says, then send the same request again."

    def __init__(self, quota: str, *, retry_after_seconds: int) -> None:
        """Name the quota, and when it begins anew."""
        super().__init__(f"The quota {quota} is used up.", retry_after_seconds=retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class RepeatedHeader(Malformed):
    """A header that decides something came twice: two readers could pick different ones."""

    code = "gateway.repeated-header"
    title = "A header came twice"
    next_step = "Send the header once."


class RepeatedKey(Malformed):
    """The Idempotency-Key came twice."""

    code = "request.idempotency-key"
    title = "An Idempotency-Key is needed: 1 to 255 visible ASCII characters"
    next_step = "Send one Idempotency-Key of your own choice, new for each new request."


class NotHttp(Malformed):
    """What came is not written as HTTP wants it."""

    code = "gateway.not-http"
    title = "This is not HTTP"
    next_step = "Send HTTP/1.1 in plain framing: one request line, one length or chunks, no folded headers."


class BadQuery(Malformed):
    """The query string is too long, or not written in ASCII."""

    code = "gateway.bad-query"
    title = "The query string cannot be read"
    next_step = "Shorten the query and percent-encode what is not ASCII."


class BodyTooLarge(TooLarge):
    """The body is longer than this route takes."""

    code = "request.too-large"
    title = "The body is too large"
    next_step = "Send less at once; limit_bytes says how much this route takes."


class BodyTooSlow(Malformed):
    """The body did not arrive in time."""

    code = "request.bad-framing"
    title = "The body cannot be read"
    next_step = "Send the whole body again, with its length in Content-Length."


class UpstreamUnavailable(Unavailable):
    """The service behind this route does not answer now."""

    code: ClassVar[str] = "gateway.upstream-unavailable"
    title: ClassVar[str] = "Service unavailable"
    next_step = "Wait as long as Retry-After says and send the same request again, with the same Idempotency-Key."


class DeadlinePassed(Unavailable):
    """The service behind this route took longer than the route may take. Whether it acted is not known:
    repeat with the same Idempotency-Key."""

    code: ClassVar[str] = "gateway.deadline-passed"
    title: ClassVar[str] = "No answer in time"
    next_step = "Send the same request again with the same Idempotency-Key: it acts once, even if the first one did."


class InternalFault(Fault):
    """Something broke that nobody expected."""

    code: ClassVar[str] = "internal.fault"
    title: ClassVar[str] = "Something broke on our side"
    next_step = (
        "Send the same request again with the same Idempotency-Key; if it fails again, tell the bank the request_id."
    )
