"""Who may call notifications. The mail viewer answers 404 outside the sandbox."""

from shared.contracts.policy.row import ADMIN, ANYONE, OPERATIONS, SERVICE, SUPERVISOR, SUPPORT, USERS, PolicyRow, row

EDITORS = frozenset({SUPPORT, SUPERVISOR, ADMIN})

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    row("GET", "/api/v1/announcements", ANYONE),
    row("POST", "/api/v1/announcements", EDITORS, scope="any"),
    row("GET", "/api/v1/announcements/{announcement_id}", ANYONE),
    row("PATCH", "/api/v1/announcements/{announcement_id}", EDITORS, scope="any"),
    row("DELETE", "/api/v1/announcements/{announcement_id}", EDITORS, scope="any"),
    row("GET", "/api/v1/announcements/{announcement_id}/history", EDITORS, scope="any"),
    row("POST", "/api/v1/announcements/{announcement_id}/acknowledge", USERS),
    row("GET", "/api/v1/notifications", USERS, scope="own"),
    row("GET", "/api/v1/notifications/stream", USERS, scope="own"),
    row("GET", "/api/v1/notifications/feed", USERS, scope="own"),
    row("GET", "/api/v1/notifications/preferences", USERS, scope="own"),
    row("PUT", "/api/v1/notifications/preferences", USERS, scope="own"),
    row("POST", "/api/v1/notifications/read", USERS, scope="own"),
    row("POST", "/api/v1/notifications/{item_id}/unread", USERS, scope="own"),
    row("POST", "/api/v1/notifications/{item_id}/read", USERS, scope="own"),
    row("GET", "/api/v1/deliveries", EDITORS, scope="any"),
    row("POST", "/api/v1/deliveries/{delivery_id}/resend", EDITORS, scope="any"),
    row("GET", "/api/v1/dead-letters", EDITORS, scope="any"),
    row("POST", "/api/v1/dead-letters/{letter_id}/replay", EDITORS, scope="any"),
    # It writes to any address: a stolen secret of another service must not.
    row("POST", "/internal/mails", SERVICE, services=("identity",)),
    row("GET", "/dev/mail", ANYONE),
    row("GET", "/dev/mail/{mail_id}", ANYONE),
)
