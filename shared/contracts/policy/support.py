"""Who may call the support desk."""

from shared.contracts.policy.row import (
    ADMIN,
    CUSTOMER,
    OPERATIONS,
    SERVICE,
    SUPERVISOR,
    SUPPORT,
    PolicyRow,
    Upload,
    row,
)

DESK = frozenset({SUPPORT, SUPERVISOR, ADMIN})
ATTACHMENT_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"})
ATTACHMENT = Upload(ATTACHMENT_TYPES, limit_bytes=5 * 1024 * 1024)
"""A photo of a letter, as a phone takes it; the row of the gateway has the same limit."""

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    row("POST", "/api/v1/tickets", CUSTOMER, scope="own"),
    row("GET", "/api/v1/tickets", CUSTOMER, DESK, scope="own"),
    row("GET", "/api/v1/tickets/queues", DESK, scope="any"),
    row("GET", "/api/v1/tickets/{ticket_id}", CUSTOMER, DESK, scope="own"),
    row("PATCH", "/api/v1/tickets/{ticket_id}", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/messages", CUSTOMER, DESK, scope="own"),
    row("POST", "/api/v1/tickets/{ticket_id}/resolve", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/reopen", CUSTOMER, DESK, scope="own"),
    row("POST", "/api/v1/tickets/{ticket_id}/assign", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/escalate", DESK, scope="any"),
    row("POST", "/api/v1/tickets/{ticket_id}/viewing", DESK, scope="any", reads=True),
    row("POST", "/api/v1/tickets/{ticket_id}/rate", CUSTOMER, scope="own"),
    row("POST", "/api/v1/attachments", CUSTOMER, DESK, scope="own", upload=ATTACHMENT),
    row("GET", "/api/v1/attachments/{attachment_id}", CUSTOMER, DESK, scope="own"),
    row("GET", "/api/v1/canned-replies", DESK, scope="any"),
    row("POST", "/api/v1/canned-replies", DESK, scope="any"),
    row("PATCH", "/api/v1/canned-replies/{reply_id}", DESK, scope="any"),
    row("DELETE", "/api/v1/canned-replies/{reply_id}", DESK, scope="any"),
    row("GET", "/internal/ticket-counts", SERVICE, services=("transactions",)),
)
