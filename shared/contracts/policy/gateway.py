"""Who may ask for what the gateway answers itself."""

from shared.contracts.policy.row import STAFF, PolicyRow, row

POLICY: tuple[PolicyRow, ...] = (row("GET", "/api/v1/services", STAFF, scope="any"),)
