"""What the gateway itself says no to, and what it says when a service behind it does not answer.

Where a service would say the same, the code is the same: a client need not know which door refused it.
"""

from typing import ClassVar

from shared.errors import Fault, Forbidden, Malformed, NotFound, Refusal, TooLarge, Unavailable


class NoSuchPath(NotFound):
    """There is no such route, or its path is not written plainly."""

    code = "request.not-found"
    title = "There is nothing here"


class MethodNotAllowed(Refusal):
    """The path exists, the method does not. `allow` names the methods that do."""

    code = "request.method-not-allowed"
    title = "This method is not for this route"

    def __init__(self, allow: str) -> None:
        """Name the methods as the Allow header does."""
        super().__init__(f"This path answers to {allow}.")
        self.allow = allow


class RoleNotAllowed(Forbidden):
    """No role of the caller may call this route."""

    code = "auth.role-not-allowed"
    title = "Your role may not do this"


class RepeatedHeader(Malformed):
    """A header that decides something came twice: two readers could pick different ones."""

    code = "gateway.repeated-header"
    title = "A header came twice"


class RepeatedKey(Malformed):
    """The Idempotency-Key came twice."""

    code = "request.idempotency-key"
    title = "An Idempotency-Key is needed: 1 to 255 visible ASCII characters"


class BadQuery(Malformed):
    """The query string is too long, or not written in ASCII."""

    code = "gateway.bad-query"
    title = "The query string cannot be read"


class BodyTooLarge(TooLarge):
    """The body is longer than this route takes."""

    code = "request.too-large"
    title = "The body is too large"


class BodyTooSlow(Malformed):
    """The body did not arrive in time."""

    code = "request.bad-framing"
    title = "The body cannot be read"


class UpstreamUnavailable(Unavailable):
    """The service behind this route does not answer now."""

    code: ClassVar[str] = "gateway.upstream-unavailable"
    title: ClassVar[str] = "Service unavailable"


class DeadlinePassed(Unavailable):
    """The service behind this route took longer than the route may take. Whether it acted is not known:
    repeat with the same Idempotency-Key."""

    code: ClassVar[str] = "gateway.deadline-passed"
    title: ClassVar[str] = "No answer in time"


class InternalFault(Fault):
    """Something broke that nobody expected."""

    code: ClassVar[str] = "internal.fault"
    title: ClassVar[str] = "Something broke on our side"
