"""Who may call the support desk."""

from shared.contracts.policy.row import ADMIN, CUSTOMER, OPERATIONS, SUPERVISOR, SUPPORT, PolicyRow, row

DESK = frozenset({SUPPORT, SUPERVISOR, ADMIN})

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    row("POST", "/api/v1/tickets", CUSTOMER, scope="own"),
    row("GET", "/api/v1/tickets", CUSTOMER, DESK, scope="own"),
    row("GET", "/api/v1/tickets/{ticket_id}", CUSTOMER, DESK, scope="own"),
    row("PATCH", "/api/v1/tickets/{ticket_id}", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/messages", CUSTOMER, DESK, scope="own"),
    row("POST", "/api/v1/tickets/{ticket_id}/resolve", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/reopen", CUSTOMER, DESK, scope="own"),
)
