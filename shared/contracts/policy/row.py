"""One row of the policy table: a route and who may call it."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.caller import Caller

ANYONE = "anyone"
SERVICE = "service"
CUSTOMER = "customer"
FORMER = "former-customer"
"""Who was a customer until the last account was closed: reads statements, and signs out."""
TELLER = "teller"
OFFICER = "officer"
SUPERVISOR = "supervisor"
SUPPORT = "support"
AUDITOR = "auditor"
ADMIN = "admin"
STAFF = frozenset({TELLER, OFFICER, SUPERVISOR, SUPPORT, AUDITOR, ADMIN})
USERS = STAFF | {CUSTOMER}
EVERYBODY = USERS | {FORMER}

Scope = Literal["none", "own", "branch", "any"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A route that takes a file as it is instead of JSON: of these content types, up to this many bytes."""

    types: frozenset[str]
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A route may be called by `roles`; `scope` says whose objects they reach. No row: no route.

    `roles` with ANYONE needs no token. `step_up` and `checker` name the rule that asks for more, where there is one.
    `services` narrows SERVICE to the services named. A `framed` row is a command of the ledger: its request may go
    to the writer as a frame, past the HTTP door of the service, and is answered alike. `upload`: the body is a file.
    A row that `reads` changes nothing that anybody owns, whatever its method.
    """

    method: str
    path: str
    roles: frozenset[str]
    scope: Scope = "none"
    step_up: str | None = None
    checker: str | None = None
    services: frozenset[str] = frozenset()
    framed: bool = False
    upload: Upload | None = None
    reads: bool = False

    def admits(self, caller: Caller) -> bool:
        """Tell whether the caller's role, or the service that it is, may call this at all."""
        if ANYONE in self.roles:
            return True
        named = caller.service is None or not self.services or caller.service in self.services
        return named and not self.roles.isdisjoint(caller.roles)


def row(
    method: str,
    path: str,
    *roles: str | frozenset[str],
    scope: Scope = "none",
    step_up: str | None = None,
    checker: str | None = None,
    services: tuple[str, ...] = (),
    framed: bool = False,
    upload: Upload | None = None,
    reads: bool = False,
) -> PolicyRow:
    """Write a row briefly: roles may be single ones or sets of them."""
    flat: set[str] = set()
    for role in roles:
        flat |= {role} if isinstance(role, str) else role
    allowed, named = frozenset(flat), frozenset(services)
    return PolicyRow(
        method=method,
        path=path,
        roles=allowed,
        scope=scope,
        step_up=step_up,
        checker=checker,
        services=named,
        framed=framed,
        upload=upload,
        reads=reads,
    )


OPERATIONS: tuple[PolicyRow, ...] = (
    row("GET", "/livez", ANYONE),
    row("GET", "/readyz", ANYONE),
    row("GET", "/metrics", ANYONE),
    row("GET", "/internal/events", SERVICE),
    row("GET", "/internal/snapshot", SERVICE),
    row("GET", "/internal/dead-letters", SERVICE, services=("notifications",)),
    row("POST", "/internal/dead-letters/{letter_id}/replay", SERVICE, services=("notifications",)),
    row("GET", "/internal/audit", SERVICE, services=("identity",)),
    row("GET", "/internal/audit/check", SERVICE, services=("identity",)),
    row("GET", "/internal/looks", SERVICE, services=("accounts",)),
    row("GET", "/internal/jobs", SERVICE, services=("transactions",)),
    row("GET", "/internal/jobs/{kind}/runs", SERVICE, services=("transactions",)),
    row("POST", "/internal/jobs/{job_id}/run-again", SERVICE, services=("transactions",)),
)
"""What every service answers; part of each service's table."""
