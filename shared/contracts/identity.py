"""Facts of identity: who may sign in, and which sessions are over."""

from typing import ClassVar, Literal

from shared.contracts.approval_shapes import EndedApproval, NeededApproval
from shared.contracts.envelope import Fact


class UserCreated(Fact):
    """A login exists from now on."""

    type: ClassVar[str] = "bank.identity.user-created.v1"
    user_id: str
    customer_id: str | None
    roles: list[str]


class UserChanged(Fact):
    """A login's roles or status are others from now on; its sessions have ended."""

    type: ClassVar[str] = "bank.identity.user-changed.v1"
    user_id: str
    roles: list[str]
    status: str


class SessionsEnded(Fact):
    """These sessions are over: access tokens that carry their ids are void before they expire."""

    type: ClassVar[str] = "bank.identity.sessions-ended.v1"
    user_id: str
    session_ids: list[str]


class SignedInOnNewDevice(Fact):
    """Somebody signed in from a device that this login was not seen on before."""

    type: ClassVar[str] = "bank.identity.signed-in-on-new-device.v1"
    user_id: str
    customer_id: str | None
    session_id: str
    device: str
    at: str


class PasswordChanged(Fact):
    """A login has another password from now on: changed by its owner, or set anew with a code by mail."""

    type: ClassVar[str] = "bank.identity.password-changed.v1"
    user_id: str
    customer_id: str | None
    at: str


class RegistrationLapsed(Fact):
    """A customer's login was never confirmed in time: its e-mail address is free again, nobody can sign in with it."""

    type: ClassVar[str] = "bank.identity.registration-lapsed.v1"
    user_id: str
    customer_id: str


class EmailChanged(Fact):
    """A login has another e-mail address from now on, which its owner confirmed; identity says which when asked."""

    type: ClassVar[str] = "bank.identity.email-changed.v1"
    user_id: str
    customer_id: str | None
    at: str


class FactorChanged(Fact):
    """A login has a second factor more, or one less."""

    type: ClassVar[str] = "bank.identity.factor-changed.v1"
    user_id: str
    customer_id: str | None
    factor: str
    change: Literal["added", "removed"]
    at: str


class ApprovalNeeded(NeededApproval):
    """A command of identity waits for a second person."""

    type: ClassVar[str] = "bank.identity.approval-needed.v1"


class ApprovalEnded(EndedApproval):
    """A command of identity that waited was executed, refused or forgotten."""

    type: ClassVar[str] = "bank.identity.approval-ended.v1"


FACTS: tuple[type[Fact], ...] = (
    UserCreated,
    UserChanged,
    SessionsEnded,
    SignedInOnNewDevice,
    PasswordChanged,
    FactorChanged,
    EmailChanged,
    RegistrationLapsed,
    ApprovalNeeded,
    ApprovalEnded,
)
