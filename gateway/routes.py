"""The one table of routes: which upstream answers a prefix, how long it may take, how long a body may be.

Who may call a route is the policy's matter (`shared/contracts/policy/`); a path without a policy row is not there,
whatever this table says. `/internal`, `/metrics`, `/livez` and `/readyz` of a service stand in no row: they never
pass.
"""

from dataclasses import dataclass
from typing import Final, Literal

UPSTREAMS: tuple["Upstream", ...] = ("identity", "accounts", "transactions", "support", "notifications")
Upstream = Literal["identity", "accounts", "transactions", "support", "notifications"]
OWN: Final = "gateway"
"""Stands in the table for what the gateway answers itself."""

KIB = 1024
MIB = 1024 * KIB
BODY_LIMIT_BYTES = 256 * KIB

TIMEOUTS_SECONDS = {"interactive": 10.0, "long": 30.0}
"""The classes of patience: from the first byte read to the last byte of the answer. An event stream outlives its own
(the limit ends with the answer's headers)."""


@dataclass(frozen=True, slots=True)
class Route:
    """One row: everything below `prefix` goes to `upstream`, or is answered here (`gateway`)."""

    prefix: str
    upstream: Upstream | Literal["gateway"]
    body_limit_bytes: int = BODY_LIMIT_BYTES
    timeout: Literal["interactive", "long"] = "interactive"
    sandbox_only: bool = False

    @property
    def timeout_seconds(self) -> float:
        """Give the longest time that a request of this route may take."""
        return TIMEOUTS_SECONDS[self.timeout]

    def covers(self, path: str) -> bool:
        """Tell whether a path (or a path template) lies on this route; whole segments count, not letters."""
        return path == self.prefix or path.startswith(self.prefix + "/")


def _api(upstream: Upstream, *names: str) -> tuple[Route, ...]:
    return tuple(Route(prefix=f"/api/v1/{name}", upstream=upstream) for name in names)


ROUTES: tuple[Route, ...] = (
    *_api("identity", "auth", "users", "audit"),
    *_api("accounts", "customers", "branches", "products", "interest-rates", "staff"),
    *_api("accounts", "accounts", "closed-accounts", "cosignatures", "payees", "approvals"),
    *_api("transactions", "deposits", "withdrawals", "holds", "transactions", "balances", "standing-orders"),
    *_api("transactions", "statements", "interest", "ledger", "business-date", "holidays"),
    *_api("transactions", "jobs", "reports"),
    # A bank's statement is a file: the policy row of the service has the same limit.
    Route(prefix="/api/v1/reconciliations", upstream="transactions", body_limit_bytes=2 * MIB, timeout="long"),
    # A batch of a thousand transfers is one command; it may take longer than a person waits for one.
    Route(prefix="/api/v1/transfers", upstream="transactions", timeout="long"),
    *_api("support", "tickets", "canned-replies"),
    # A file of a ticket: the policy row of the service has the same limit.
    Route(prefix="/api/v1/attachments", upstream="support", body_limit_bytes=5 * MIB, timeout="long"),
    *_api("notifications", "announcements", "notifications", "deliveries", "dead-letters", "webhooks"),
    Route(prefix="/api/v1/services", upstream=OWN),
    Route(prefix="/dev/mail", upstream="notifications", sandbox_only=True),
)


STREAMS = frozenset({"GET /api/v1/notifications/stream"})
"""Answers that last as long as their session: they have connections of their own, so that they take nobody else's."""

SIGN_INS = frozenset(
    f"POST /api/v1/{path}"
    for path in (
        "auth/login",
        "auth/refresh",
        "auth/password/forgot",
        "auth/password/reset",
        "auth/email/confirm",
        "auth/email/resend",
        "customers",
    )
)
"""What a stranger tries passwords, codes and addresses at, or fills the bank with: they have a quota of their own."""


COSTLY = frozenset({"POST /api/v1/auth/login", "POST /api/v1/auth/password/reset", "POST /api/v1/customers"})
"""What computes a password's hash: a few of these go on at a time, the others wait here and take no thread there."""


def routes_for(path: str) -> list[Route]:
    """Give every row that covers a path or template; more than one is a mistake in the table."""
    return [route for route in ROUTES if route.covers(path)]
