"""Who may call what at identity."""

from shared.contracts.policy.row import (
    ADMIN,
    ANYONE,
    AUDITOR,
    EVERYBODY,
    OFFICER,
    OPERATIONS,
    SERVICE,
    SUPERVISOR,
    SUPPORT,
    USERS,
    PolicyRow,
    row,
)

_DESK = (OFFICER, SUPERVISOR, SUPPORT, ADMIN)

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    row("GET", "/.well-known/jwks.json", ANYONE),
    row("POST", "/api/v1/auth/login", ANYONE),
    row("POST", "/api/v1/auth/refresh", ANYONE),
    row("POST", "/api/v1/auth/logout", EVERYBODY, scope="own"),
    row("POST", "/api/v1/auth/logout-all", EVERYBODY, scope="own"),
    row("GET", "/api/v1/auth/me", EVERYBODY, scope="own"),
    row("GET", "/api/v1/auth/sessions", USERS, scope="own"),
    row("DELETE", "/api/v1/auth/sessions/{session_id}", USERS, scope="own"),
    row("GET", "/api/v1/auth/events", USERS, scope="own"),
    row("POST", "/api/v1/auth/password/change", USERS, scope="own"),
    row("POST", "/api/v1/auth/password/forgot", ANYONE),
    row("POST", "/api/v1/auth/password/reset", ANYONE),
    row("POST", "/api/v1/auth/email/confirm", ANYONE),
    row("POST", "/api/v1/auth/email/resend", ANYONE),
    row("POST", "/api/v1/auth/email/change", USERS, scope="own", step_up="change-email"),
    row("POST", "/api/v1/auth/email/change/confirm", USERS, scope="own"),
    row("POST", "/api/v1/auth/totp", USERS, scope="own", step_up="set-up-totp"),
    row("POST", "/api/v1/auth/totp/confirm", USERS, scope="own"),
    row("DELETE", "/api/v1/auth/totp", USERS, scope="own", step_up="remove-totp"),
    row("POST", "/api/v1/auth/code", USERS, scope="own"),
    row("POST", "/api/v1/auth/reauthenticate", USERS, scope="own"),
    row("POST", "/api/v1/auth/step-up", USERS, scope="own"),
    row("GET", "/api/v1/auth/privacy", USERS, scope="own"),
    row("PUT", "/api/v1/auth/privacy", USERS, scope="own"),
    row("GET", "/api/v1/audit", AUDITOR, ADMIN, scope="any"),
    row("GET", "/api/v1/audit/verification", AUDITOR, ADMIN, scope="any"),
    row("POST", "/api/v1/users", ADMIN, scope="any"),
    # Neither sees nor sets a password: a code goes to the person's own mailbox.
    row("POST", "/api/v1/users/{user_id}/password-reset", OFFICER, SUPERVISOR, ADMIN, scope="any"),
    row("GET", "/api/v1/users", ADMIN, scope="any"),
    # Of customers; those of staff are for auditors and admins alone: a rule of its own.
    row("GET", "/api/v1/users/{user_id}/sessions", *_DESK, AUDITOR, scope="any"),
    row("GET", "/api/v1/users/{user_id}/devices", *_DESK, AUDITOR, scope="any"),
    row("POST", "/api/v1/users/{user_id}/sessions/end", *_DESK, scope="any"),
    row("PATCH", "/api/v1/users/{user_id}", ADMIN, scope="any", checker="change-roles"),
    # Public since it is where a service gets its first token: the client secret is the proof.
    row("POST", "/internal/service-tokens", ANYONE),
    row("GET", "/internal/revocations", SERVICE),
    row("GET", "/internal/approval-rules", SERVICE, services=("accounts",)),
    row("GET", "/internal/users/{user_id}", SERVICE),
    row("GET", "/internal/users/for-customer/{customer_id}", SERVICE),
    # It sets passwords: a stolen secret of another service must not.
    row("PUT", "/internal/users/for-customer/{customer_id}", SERVICE, services=("accounts",)),
    row("POST", "/internal/users/already-registered", SERVICE, services=("accounts",)),
)
