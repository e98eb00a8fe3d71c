"""Who may call the routes of `transactions`."""

from functools import partial

from shared.contracts.policy.row import (
    ADMIN,
    AUDITOR,
    CUSTOMER,
    EVERYBODY,
    OFFICER,
    OPERATIONS,
    SERVICE,
    STAFF,
    SUPERVISOR,
    SUPPORT,
    TELLER,
    USERS,
    PolicyRow,
    Upload,
    row,
)

_MOVERS = frozenset({CUSTOMER, TELLER, OFFICER, SUPERVISOR})
_BOOKKEEPERS = frozenset({OFFICER, SUPERVISOR, SERVICE})
_LEDGER_READERS = frozenset({OFFICER, SUPERVISOR, AUDITOR, ADMIN})
_REPORT_READERS = frozenset({OFFICER, SUPERVISOR, SUPPORT, AUDITOR, ADMIN})
_OWN_JOBS = ("transactions",)

command = partial(row, framed=True)
"""Write the row of a command that the ledger's writer decides."""
BANK_FILE = Upload(frozenset({"text/csv", "application/xml", "text/xml"}), limit_bytes=2 * 1024 * 1024)
"""A statement of another bank: CSV or camt.053. The gateway's route has the same limit."""

_RECONCILERS = frozenset({OFFICER, SUPERVISOR})
_LINE = "/api/v1/reconciliations/{reconciliation_id}/lines/{line}/match"

POLICY: tuple[PolicyRow, ...] = (
    *OPERATIONS,
    command("POST", "/api/v1/deposits", _MOVERS, scope="own", checker="deposit"),
    command("POST", "/api/v1/withdrawals", _MOVERS, scope="own", checker="withdrawal"),
    command("POST", "/api/v1/transfers", _MOVERS, scope="own", step_up="transfer"),
    command("POST", "/api/v1/transfers/batch", _MOVERS, scope="own", step_up="transfer-batch"),
    command("POST", "/api/v1/holds", _MOVERS, scope="own"),
    row("GET", "/api/v1/holds", USERS, scope="own"),
    command("POST", "/api/v1/holds/{hold_id}/capture", TELLER, OFFICER, SUPERVISOR, scope="any"),
    command("POST", "/api/v1/holds/{hold_id}/release", _MOVERS, scope="own"),
    command(
        "POST",
        "/api/v1/transactions/{transaction_id}/reverse",
        OFFICER,
        SUPERVISOR,
        scope="any",
        checker="reversal",
    ),
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
    row("GET", "/api/v1/interest/{account_id}", USERS, scope="own"),
    row("GET", "/api/v1/interest/{account_id}/postings", USERS, scope="own"),
    row("GET", "/api/v1/interest/{account_id}/postings/{period}/{kind}", USERS, scope="own"),
    row("GET", "/api/v1/standing-orders", _MOVERS, scope="own"),
    row("POST", "/api/v1/standing-orders", _MOVERS, scope="own"),
    row("GET", "/api/v1/standing-orders/upcoming", CUSTOMER, scope="own"),
    row("GET", "/api/v1/standing-orders/{order_id}", _MOVERS, scope="own"),
    row("PATCH", "/api/v1/standing-orders/{order_id}", _MOVERS, scope="own"),
    row("DELETE", "/api/v1/standing-orders/{order_id}", _MOVERS, scope="own"),
    row("GET", "/api/v1/statements", EVERYBODY, scope="own"),
    row("POST", "/api/v1/statements", USERS, scope="own"),
    row("GET", "/api/v1/statements/{statement_id}", EVERYBODY, scope="own"),
    row("GET", "/api/v1/business-date", USERS),
    row("POST", "/api/v1/business-date/advance", SUPERVISOR, ADMIN),
    row("GET", "/api/v1/business-date/ends", STAFF),
    row("GET", "/api/v1/holidays", STAFF),
    row("POST", "/api/v1/holidays", SUPERVISOR, ADMIN),
    row("POST", "/api/v1/holidays/{day}/withdraw", SUPERVISOR, ADMIN),
    row("GET", "/api/v1/jobs", STAFF, scope="any"),
    row("GET", "/api/v1/jobs/{service}/{kind}/runs", STAFF, scope="any"),
    row("POST", "/api/v1/jobs/{service}/runs/{job_id}/run-again", SUPERVISOR, ADMIN, scope="any"),
    row("GET", "/api/v1/reports", _REPORT_READERS, scope="any"),
    row("GET", "/api/v1/reports/{kind}/{business_date}", _REPORT_READERS, scope="any"),
    row("GET", "/api/v1/ledger/invariants", AUDITOR, SUPERVISOR, ADMIN, scope="any"),
    row("GET", "/api/v1/ledger/snapshot", AUDITOR, scope="any"),
    row("POST", "/api/v1/reconciliations", _RECONCILERS, scope="any", upload=BANK_FILE),
    row("GET", "/api/v1/reconciliations", _RECONCILERS, AUDITOR, scope="any"),
    row("GET", "/api/v1/reconciliations/{reconciliation_id}", _RECONCILERS, AUDITOR, scope="any"),
    row("GET", "/api/v1/reconciliations/{reconciliation_id}/lines", _RECONCILERS, AUDITOR, scope="any"),
    row("GET", "/api/v1/reconciliations/{reconciliation_id}/unmatched-postings", _RECONCILERS, AUDITOR, scope="any"),
    row("POST", _LINE, _RECONCILERS, scope="any"),
    row("DELETE", _LINE, _RECONCILERS, scope="any"),
    command("PUT", "/internal/ledger-accounts/{account_id}", SERVICE, services=("accounts",)),
    command("POST", "/internal/business-date/close", SERVICE, services=_OWN_JOBS),
    command("POST", "/internal/clock", SERVICE, services=_OWN_JOBS),
    row("GET", "/internal/approval-rules", SERVICE, services=("accounts",)),
    command("POST", "/internal/order-transfers", SERVICE, services=_OWN_JOBS),
    command("POST", "/internal/approved-commands/{approval_id}", SERVICE, services=_OWN_JOBS),
    command("POST", "/internal/cosigned-transfers/{cosignature_id}", SERVICE, services=("accounts",)),
)
"""Scope `own`: a customer reaches only own accounts; staff whose role is listed reach any."""
