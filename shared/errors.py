"""What can go wrong, as a tree.

BankError
├── Refusal                 a rule said no: the caller can do something about it (4xx)
│   ├── Malformed           the message cannot be read            400
│   ├── Unauthenticated     we do not know who asks               401
│   ├── Forbidden           this role may never do this           403
│   ├── NotFound            missing, or not visible to the caller 404
│   ├── Conflict            a rule of state or money              409
│   ├── PreconditionFailed  somebody changed it first             412
│   ├── TooLarge            the body is too long                  413
│   ├── UnsupportedMediaType                                      415
│   ├── Invalid             a field is not what it must be        422
│   ├── PreconditionRequired the version is missing               428
│   └── TooManyRequests                                           429
├── Fault                   something broke: nothing is lost, try again (5xx)
│   └── Unavailable                                               503
└── FaultAtStart            a process refuses to start, in one line

A refusal class lives beside the rule that raises it; only `shared/web/problems.py` knows HTTP.
"""

from typing import ClassVar

TRY_AGAIN = "Wait as long as Retry-After says and send the same request again, with the same Idempotency-Key."
"""The next step after a fault: safe, since a key acts once."""


class BankError(Exception):
    """Anything this bank raises on purpose."""


class Refusal(BankError):
    """A rule said no. `code` is stable, `numbers` are what decided, `next_step` is what the person can do now."""

    code: ClassVar[str] = "request.refused"
    title: ClassVar[str] = "Refused"
    next_step: str = ""

    def __init__(self, detail: str = "", *, next_step: str = "", **numbers: object) -> None:
        """Say why in a sentence, with the numbers that decided (JSON values).

        `next_step` replaces the class's own where the case asks for another one.
        """
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        if next_step:
            self.next_step = next_step
        self.numbers = numbers


class Malformed(Refusal):
    """The message cannot be read."""


class Unauthenticated(Refusal):
    """We do not know who asks."""


class Forbidden(Refusal):
    """This role may never do this."""


class NotFound(Refusal):
    """Missing, or not visible to the caller: both answer alike."""


class Conflict(Refusal):
    """A rule of state or money stands against it."""


class PreconditionFailed(Refusal):
    """Somebody else changed the object first."""


class PreconditionRequired(Refusal):
    """The version that the caller saw is missing."""


class TooLarge(Refusal):
    """The body is longer than this route takes."""


class UnsupportedMediaType(Refusal):
    """The body is of a type that this route does not read."""


class Invalid(Refusal):
    """A field is not what it must be."""


class TooManyRequests(Refusal):
    """The caller asks too often."""


class Fault(BankError):
    """Something broke on our side; nothing is lost."""

    next_step: str = TRY_AGAIN

    def __init__(self, detail: str, *, retry_after_seconds: int | None = None) -> None:
        """Say what broke, and when to try again."""
        super().__init__(detail)
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Fault):
    """Something we need does not answer now."""


class FaultAtStart(BankError):
    """A process cannot start; its message is one clear line."""
