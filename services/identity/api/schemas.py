"""Bodies of identity's routes."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from services.identity.domain.email import mask_email
from services.identity.domain.user import UserStatus
from services.identity.store.sessions_queries import device_id
from services.identity.store.tables import (
    DeviceRow,
    PendingCommandRow,
    RevocationRow,
    SessionRow,
    SignInEventRow,
    UserRow,
)
from services.identity.use_cases.sign_in import IssuedTokens
from shared.web.schemas import Answer, ChangeModel, ListAnswer, Moment, StrictModel

PersonRole = Literal["customer", "teller", "officer", "supervisor", "support", "auditor", "admin"]
ServiceName = Literal["identity", "accounts", "transactions", "support", "notifications", "gateway"]
TypedEmail = Annotated[str, Field(min_length=1, max_length=320)]
TypedPassword = Annotated[str, Field(min_length=1, max_length=1024)]
OpaqueId = Annotated[str, Field(min_length=1, max_length=128)]


class LoginRequest(StrictModel):
    """Sign in. `otp` is for logins that have a second factor; others leave it out."""

    email: TypedEmail
    password: TypedPassword
    otp: Annotated[str, Field(max_length=32)] | None = None


class RefreshRequest(StrictModel):
    """Go on with a session."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=512)]


class TokenAnswer(Answer):
    """Tokens; `expires_in` is the access token's life in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  (a word of RFC 6750)
    expires_in: int
    refresh_token: str

    @classmethod
    def of(cls, tokens: IssuedTokens) -> Self:
        """Write issued tokens."""
        return cls(access_token=tokens.access_token, expires_in=tokens.expires_in, refresh_token=tokens.refresh_token)


class MeAnswer(Answer):
    """Who asks. `factors` are the second factors that are set up."""

    user_id: str
    email: str
    roles: list[str]
    branch_id: str | None
    customer_id: str | None
    session_id: str
    factors: list[str]


class SessionAnswer(Answer):
    """A session that is not over."""

    id: str
    created_at: Moment
    last_seen_at: Moment
    expires_at: Moment
    address: str
    agent: str
    device: str
    current: bool

    @classmethod
    def of(cls, row: SessionRow, *, current: str | None) -> Self:
        """Write a session; `current` is the id of the one that asks."""
        return cls(
            id=row.id,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            address=row.address,
            agent=row.agent,
            device=row.device,
            current=row.id == current,
        )


class DeviceAnswer(Answer):
    """A device that somebody is known to sign in from."""

    id: str
    name: str
    first_seen_at: Moment
    last_seen_at: Moment

    @classmethod
    def of(cls, row: DeviceRow) -> Self:
        """Write a device."""
        return cls(id=device_id(row), name=row.name, first_seen_at=row.first_seen_at, last_seen_at=row.last_seen_at)


class EventAnswer(Answer):
    """A line of the sign-in log."""

    id: str
    kind: Literal["login", "logout", "failure"]
    user_id: str
    session_id: str | None
    reason: str | None
    address: str
    agent: str
    at: Moment

    @classmethod
    def of(cls, row: SignInEventRow) -> Self:
        """Write a line."""
        return cls.model_validate(row)


class UserAnswer(Answer):
    """A login as admins see it."""

    id: str
    email: str
    roles: list[str]
    branch_id: str | None
    customer_id: str | None
    status: UserStatus
    created_at: Moment
    updated_at: Moment
    version: int

    @classmethod
    def of(cls, row: UserRow) -> Self:
        """Write a login."""
        return cls.model_validate(row)


class UserList(ListAnswer[UserAnswer]):
    """A page of logins. Customers' addresses are masked; those of staff are how an admin tells colleagues apart."""

    @classmethod
    def of(cls, rows: Sequence[UserRow], following: str | None) -> Self:
        """Write a page."""
        items = [UserAnswer.of(row) for row in rows]
        for one in items:
            if one.customer_id is not None:
                one.email = mask_email(one.email)
        return cls(items=items, next=following)


class WaitingApproval(Answer):
    """What waits: nothing was done yet."""

    id: str
    status: str
    expires_at: Moment


class WaitingAnswer(Answer):
    """The answer to a command that needs a second person; `GET /api/v1/approvals/{id}` shows it."""

    approval: WaitingApproval

    @classmethod
    def of(cls, row: PendingCommandRow) -> Self:
        """Write what waits."""
        return cls(approval=WaitingApproval(id=row.id, status=row.status, expires_at=row.expires_at))


class InvitationRequest(StrictModel):
    """Somebody who shall work for the bank; they choose their password themself."""

    email: TypedEmail
    roles: Annotated[list[PersonRole], Field(min_length=1, max_length=6)]
    branch_id: OpaqueId | None = None


class ChangeUserRequest(ChangeModel):
    """Give other roles, suspend, or let in again; what is left out stays. The reason is kept in the audit trail."""

    roles: Annotated[list[PersonRole], Field(min_length=1, max_length=7)] | None = None
    status: UserStatus | None = None
    reason: Annotated[str, Field(min_length=3, max_length=500)] | None = None


class ServiceTokenRequest(StrictModel):
    """A service asks for a token for one other service, perhaps on behalf of a user (`act`)."""

    client_id: OpaqueId
    client_secret: Annotated[str, Field(min_length=1, max_length=512)]
    audience: ServiceName
    act: OpaqueId | None = None


class ServiceTokenAnswer(Answer):
    """A service token and its life in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  (a word of RFC 6750)
    expires_in: int


class RevocationAnswer(Answer):
    """A session whose access tokens are void."""

    sequence: int
    session_id: str
    user_id: str
    revoked_at: Moment

    @classmethod
    def of(cls, row: RevocationRow) -> Self:
        """Write a revocation."""
        return cls.model_validate(row)


class RevocationsAnswer(Answer):
    """Revocations by number. `next` is the number to go on from when there are more, `newest` the last there is."""

    items: list[RevocationAnswer]
    next: int | None
    newest: int


class KnownApplicantRequest(StrictModel):
    """Somebody registered with what a customer has already, and typed this password."""

    email: TypedEmail
    password: TypedPassword
    names: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=4)] = Field(default_factory=list)
    """What the customer is called: words that their password shall not be made of."""


class CustomerLoginRequest(KnownApplicantRequest):
    """Accounts wants a login for a customer."""

    branch_id: OpaqueId | None = None


class LoginAnswer(Answer):
    """A login as other services see it."""

    user_id: str
    email: str
    roles: list[str]
    branch_id: str | None
    customer_id: str | None
    status: UserStatus

    @classmethod
    def of(cls, row: UserRow) -> Self:
        """Write a login."""
        return cls(
            user_id=row.id,
            email=row.email,
            roles=row.roles,
            branch_id=row.branch_id,
            customer_id=row.customer_id,
            status=UserAnswer.of(row).status,
        )
