"""A session: from a sign-in to its end, kept alive by refresh tokens of which each works once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from ipaddress import ip_address

from shared.errors import NotFound, Unauthenticated

MAX_AGENT_LENGTH = 256

_SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
)
_PROGRAMS = (
    ("edg/", "Edge"),
    ("opr/", "Opera"),
    ("firefox/", "Firefox"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
    ("strongroom", "Strongroom"),
)


class InvalidCredentials(Unauthenticated):
    """Unknown address, wrong password or suspended: all three answer alike."""

    code = "auth.invalid-credentials"
    title = "E-mail address or password is wrong"
    next_step = "Check both and try again, or reset the password."


class EmailNotConfirmed(Unauthenticated):
    """The password is right; the e-mail address has not been confirmed."""

    code = "auth.email-not-confirmed"
    title = "The e-mail address is not confirmed"
    next_step = "Enter the code that was sent to the address, or ask for another one."


class InvalidRefreshToken(Unauthenticated):
    """Unknown, expired, used before, or of a session that is over: all answer alike."""

    code = "auth.invalid-refresh-token"
    title = "Sign in again"
    next_step = "Sign in again with e-mail address and password."


class SessionNotFound(NotFound):
    """No such session of this user, or it is over."""

    code = "identity.session-not-found"
    title = "Session not found"
    next_step = "List the sessions again; this one may have ended."


@dataclass(frozen=True, slots=True)
class Device:
    """Where a request came from. `agent` is what the program says of itself, cut to 256 characters."""

    address: str
    agent: str
    token: str | None = field(default=None, repr=False)
    """What the bank gave this device when somebody signed in from it, and it presents now."""

    @property
    def name(self) -> str:
        """Give a few words that a person recognises their device by."""
        text = self.agent.lower()
        program = next((name for mark, name in _PROGRAMS if mark in text), "")
        system = next((name for mark, name in _SYSTEMS if mark in text), "")
        return " on ".join(part for part in (program, system) if part) or "Unknown device"


class RefreshStep(Enum):
    """What a presented refresh token leads to."""

    ROTATE = "rotate"
    REPEAT = "repeat"
    REFUSE = "refuse"
    END_FAMILY = "end-family"


@dataclass(frozen=True, slots=True)
class PresentedToken:
    """What is known of a refresh token when it is presented. `successor_used_at` is that of the one it led to."""

    expires_at: datetime
    used_at: datetime | None
    successor_used_at: datetime | None
    session_over: bool
    same_device: bool


def decide_refresh(*, token: PresentedToken, now: datetime, grace: timedelta) -> RefreshStep:
    """Decide what a presented refresh token leads to.

    A used token means that two hold it, and nobody can tell which is the thief: the family ends. One exception: two
    tabs of one browser that refresh at once, so within `grace` the same device gets the same successor once more,
    as long as nobody has gone on from that successor.
    """
    if token.session_over:
        return RefreshStep.REFUSE
    if token.used_at is None:
        return RefreshStep.ROTATE if now < token.expires_at else RefreshStep.REFUSE
    repeats = token.same_device and token.successor_used_at is None and now - token.used_at <= grace
    return RefreshStep.REPEAT if repeats else RefreshStep.END_FAMILY


def refresh_expiry(*, issued_at: datetime, session_began: datetime, idle: timedelta, lifetime: timedelta) -> datetime:
    """Give when a refresh token expires: unused for `idle`, and never after the session's `lifetime`."""
    return min(issued_at + idle, session_began + lifetime)


def token_hash(token: str) -> str:
    """Give what is kept of a refresh token; it has 256 random bits, so a plain hash cannot be searched."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_loopback(address: str) -> bool:
    """Tell whether an address is the machine itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
