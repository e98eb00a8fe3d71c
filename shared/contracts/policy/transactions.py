"""Who may call the routes of `transactions`."""

from functools import partial

from shared.contracts.policy.row import (
    ADMIN,
    AUDITOR,
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
_BOOKKEEPERS = frozenset({OFFICER, SUPERVISOR, SERVICE})
_LEDGER_READERS = frozenset({OFFICER, SUPERVISOR, AUDITOR, ADMIN})
_OWN_JOBS = ("transactions",)

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
    command("POST", "/api/v1/ledger/fees", _BOOKKEEPERS, scope="any", services=_OWN_JOBS),
    command("POST", "/api/v1/ledger/interest", _BOOKKEEPERS, scope="any", services=_OWN_JOBS),
    command("POST", "/api/v1/ledger/adjustments", _BOOKKEEPERS, scope="any", services=_OWN_JOBS),
    row("GET", "/api/v1/ledger/accounts", _LEDGER_READERS, scope="any"),
    row("GET", "/api/v1/ledger/trial-balance", _LEDGER_READERS, scope="any"),
    row("GET", "/api/v1/ledger/day-book", _LEDGER_READERS, scope="any"),
    row("GET", "/api/v1/balances", USERS, scope="own"),
    row("GET", "/api/v1/balances/{account_id}", USERS, scope="own"),
    row("GET", "/api/v1/balances/{account_id}/history", USERS, scope="own"),
    row("GET", "/api/v1/business-date", USERS),
    row("GET", "/api/v1/ledger/invariants", AUDITOR, SUPERVISOR, ADMIN, scope="any"),
    row("GET", "/api/v1/ledger/snapshot", AUDITOR, scope="any"),
    command("PUT", "/internal/ledger-accounts/{account_id}", SERVICE, services=("accounts",)),
)
"""Scope `own`: a customer reaches only own accounts; staff whose role is listed reach any."""
