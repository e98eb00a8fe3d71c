"""Print the policy table: every route, who may call it, whose objects they reach (`strongroom authz matrix`)."""

import importlib
import json
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from cli.bank_secrets import SERVICES
from gateway.routes import OWN
from shared.contracts.policy.row import ANYONE, SERVICE, PolicyRow

ROLES = ("customer", "former-customer", "teller", "officer", "supervisor", "support", "auditor", "admin")
COLUMNS = (ANYONE, *ROLES, SERVICE)


def policy_rows() -> Iterator[tuple[str, PolicyRow]]:
    """Give every row of every service and of the gateway, once."""
    for service in (*SERVICES, OWN):
        seen = set()
        for row in importlib.import_module(f"shared.contracts.policy.{service}").POLICY:
            if (row.method, row.path) not in seen:
                seen.add((row.method, row.path))
                yield service, row


def print_matrix(console: Console, *, as_json: bool) -> None:
    """Print the table; as JSON it is one object per row. What is not in it is not reachable."""
    if as_json:
        console.print_json(json.dumps([_record(service, row) for service, row in policy_rows()]))
        return
    table = Table("service", "method", "path", *COLUMNS, "scope", "step-up", "checker", title="Who may call what")
    for service, row in policy_rows():
        marks = ["yes" if role in row.roles else "" for role in COLUMNS]
        table.add_row(service, row.method, row.path, *marks, row.scope, row.step_up or "", row.checker or "")
    console.print(table)


def _record(service: str, row: PolicyRow) -> dict[str, object]:
    return {
        "service": service,
        "method": row.method,
        "path": row.path,
        "roles": sorted(row.roles),
        "scope": row.scope,
        "step_up": row.step_up,
        "checker": row.checker,
        "services": sorted(row.services),
    }
