"""Who may call the routes of `transactions`."""

from functools import partial

from shared.contracts.policy.row import (
    CUSTOMER,
    OFFICER,
    OPERATIONS,
    SERVICE,
    SUPERVISOR,
    TELLER,
    USERS,
    PolicyRow,
    row,
)

_MOVERS = frozenset({CUSTOMER, TELLER, OFFICER, SUPERVISOR})

command = partial(row, framed=True)
"""Write the row of a command that the ledger's writer decides."""

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    command("POST", "/api/v1/deposits", _MOVERS, scope="own"),
    command("POST", "/api/v1/withdrawals", _MOVERS, scope="own"),
    command("POST", "/api/v1/transfers", _MOVERS, scope="own"),
    command("POST", "/api/v1/transfers/batch", _MOVERS, scope="own"),
    command("POST", "/api/v1/holds", _MOVERS, scope="own"),
    row("GET", "/api/v1/holds", USERS, scope="own"),
    command("POST", "/api/v1/holds/{hold_id}/capture", TELLER, OFFICER, SUPERVISOR, scope="any"),
    command("POST", "/api/v1/holds/{hold_id}/release", _MOVERS, scope="own"),
    command("POST", "/api/v1/transactions/{transaction_id}/reverse", OFFICER, SUPERVISOR, scope="any"),
    row("GET", "/api/v1/transactions", USERS, scope="own"),
    row("GET", "/api/v1/transactions/{transaction_id}", USERS, scope="own"),
    row("GET", "/api/v1/balances", USERS, scope="own"),
    row("GET", "/api/v1/balances/{account_id}", USERS, scope="own"),
    row("GET", "/api/v1/business-date", USERS),
    command("PUT", "/internal/ledger-accounts/{account_id}", SERVICE, services=("accounts",)),
)
"""Scope `own`: a customer reaches only own accounts; staff whose role is listed reach any."""
