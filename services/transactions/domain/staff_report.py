"""Reports for staff: which there are, who reads them, and what a report looks like as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from services.transactions.domain.worksheet import formula_safe
from shared.contracts.caller import Caller
from shared.errors import NotFound

ReportKind = Literal["day-totals", "dormant-accounts", "interest", "tickets"]

COLUMNS: Mapping[ReportKind, tuple[str, ...]] = {
    "day-totals": ("type", "currency", "entries", "amount_minor", "amount"),
    "dormant-accounts": ("account_id", "product", "branch_id", "currency", "booked_minor", "active_on", "dormant_on"),
    "interest": ("period", "product", "currency", "kind", "direction", "accounts", "amount_minor", "amount"),
    "tickets": ("type", "priority", "status", "tickets", "oldest_created_at"),
}
"""What a row of each report has. Amounts in minor units, beside the same in decimal."""


class ReportNotFound(NotFound):
    """No such report was made, or it is of a kind that the caller does not read."""

    code = "transactions.report-not-found"
    title = "There is no such report"
    next_step = "Choose one of the reports that GET /api/v1/reports lists."


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: rows in the order and with the names of its columns."""

    kind: ReportKind
    rows: Sequence[Mapping[str, Any]]


def readable_kinds(caller: Caller) -> frozenset[str]:
    """Give the kinds of report that a caller reads: the support desk only its own."""
    return frozenset(COLUMNS) if caller.has("officer", "supervisor", "auditor", "admin") else frozenset({"tickets"})


def report_csv(report: Report) -> str:
    """Write a report as CSV that no spreadsheet computes anything from."""
    text = io.StringIO()
    lines = csv.writer(text)
    columns = COLUMNS[report.kind]
    lines.writerow(columns)
    for row in report.rows:
        lines.writerow([formula_safe(row.get(name)) for name in columns])
    return text.getvalue()


def report_rows(content: str) -> list[dict[str, str]]:
    """Read a report's CSV back as rows of text."""
    return list(csv.DictReader(io.StringIO(content)))


def taken_rows(kind: ReportKind, rows: Iterable[Mapping[str, Any]]) -> Report:
    """Take rows that another service gave: only the columns of the report, and no more than it says."""
    return Report(kind, [{name: row.get(name) for name in COLUMNS[kind]} for row in rows])
