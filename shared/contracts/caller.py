"""Who asks: a person with a session, or a service, perhaps on behalf of a person."""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "customer", "former-customer", "teller", "officer", "supervisor", "support", "auditor", "admin", "service"
]
STAFF_ROLES = frozenset({"teller", "officer", "supervisor", "support", "auditor", "admin"})


@dataclass(frozen=True, slots=True)
class Caller:
    """The verified sender of a command."""

    user_id: str | None
    roles: frozenset[str] = field(default_factory=frozenset)
    customer_id: str | None = None
    branch_id: str | None = None
    session_id: str | None = None
    service: str | None = None

    @classmethod
    def anonymous(cls) -> "Caller":
        """Give the caller of a public route."""
        return cls(user_id=None)

    @classmethod
    def for_service(cls, service: str, acting_user: str | None = None) -> "Caller":
        """Give a service as caller, with the person behind its call if there is one."""
        return cls(user_id=acting_user, roles=frozenset({"service"}), service=service)

    def has(self, *roles: str) -> bool:
        """Tell whether the caller holds one of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff(self) -> bool:
        """Tell whether the caller works for the bank."""
        return not self.roles.isdisjoint(STAFF_ROLES)

    @property
    def principal(self) -> str:
        """Give the identity under which idempotency keys are kept: the user, or the service and who it acts for."""
        if self.service is None:
            return f"user:{self.user_id}" if self.user_id else "anonymous"
        return f"service:{self.service}:{self.user_id or ''}"
