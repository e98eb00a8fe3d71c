"""A statement as a PDF/A-2b, set by Typst. What is on it goes in as data, never as markup."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import typst

from services.transactions.domain.statement_files import decimal_text

_PAGE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: "Strongroom", date: datetime(year: d.year, month: d.month, day: d.day))
#set page(paper: "a4", margin: (x: 18mm, top: 30mm, bottom: 20mm),
  header: [#text(fill: rgb("#0b3d5c"), weight: "bold", size: 15pt)[Strongroom] #h(1fr) #text(size: 8pt)[#d.title]],
  footer: context [#set text(size: 7.5pt, fill: rgb("#4a5a66"))
    #d.digest #h(1fr) #counter(page).display("1 / 1", both: true)])
#set text(lang: "en", size: 8.5pt)
#for line in d.address [#line \\ ]
#v(6mm)
#grid(columns: (1fr, 1fr), row-gutter: 2mm,
  ..d.facts.map(pair => [#text(fill: rgb("#4a5a66"))[#pair.at(0)] #h(2mm) #pair.at(1)]))
#v(4mm)
#table(columns: (auto, auto, 1fr, auto, auto), stroke: none, inset: (x: 1.5mm, y: 1.3mm),
  align: (left, left, left, right, right),
  fill: (_, row) => if row == 0 { rgb("#0b3d5c") } else if calc.even(row) { rgb("#eef3f6") },
  table.header(..("Booked", "Value", "Transaction", "Amount", "Balance").map(name =>
    text(fill: white, weight: "bold")[#name])),
  ..d.rows.map(row => (row.at(0), row.at(1), [#row.at(2) \\ #text(size: 6.5pt, fill: rgb("#4a5a66"))[#row.at(3)]],
    row.at(4), row.at(5)).map(cell => [#cell])).flatten())
#v(3mm)
#align(right)[#grid(columns: 2, column-gutter: 6mm, row-gutter: 2mm, align: right,
  ..d.sums.flatten().map(cell => [#cell]))]
"""


def as_pdf(statement: Any) -> bytes:
    """Set a statement; the same statement always gives the same page."""
    made: datetime = statement.created_at
    data = {
        "title": f"Statement {statement.number}",
        "year": made.year,
        "month": made.month,
        "day": made.day,
        "digest": f"SHA-256 {statement.sha256}",
        "address": _address(statement.content["header"]),
        "facts": _facts(statement),
        "rows": [_row(row, statement.currency) for row in statement.content["rows"]],
        "sums": _sums(statement),
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf: bytes = typst.compile(
        _PAGE.encode(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="a-2b",
        ignore_system_fonts=True,
        timestamp=made.astimezone(UTC).replace(microsecond=0),
    )
    return pdf


def _address(header: dict[str, Any]) -> list[str]:
    return [str(header.get("name") or ""), *map(str, header.get("address") or ())]


def _facts(statement: Any) -> list[list[str]]:
    header = statement.content["header"]
    last = statement.to_day - timedelta(days=1)
    return [
        ["Account", str(header["account_number"])],
        ["Type", str(header.get("product_name") or header["product"])],
        ["Period", f"{statement.from_day.isoformat()} to {last.isoformat()}"],
        ["Branch", str(header.get("branch_name") or header["branch_id"])],
        ["Phone", str(header.get("phone_masked") or "")],
        ["E-mail", str(header.get("email_masked") or "")],
    ]


def _row(row: dict[str, Any], currency: str) -> list[str]:
    who = " ".join(part for part in (row["counterparty_name"], row["counterparty_number"]) if part)
    what = " · ".join(part for part in (row["type"], who, row["description"]) if part)
    booked = row["booked_at"][:16].replace("T", " ")
    amounts = (decimal_text(row["amount_minor"], currency), decimal_text(row["balance_after_minor"], currency))
    return [booked, row["value_date"], what, row["transaction_id"], *amounts]


def _sums(statement: Any) -> list[list[str]]:
    named = (
        ("Opening balance", statement.opening_minor),
        ("Credits", statement.credits_minor),
        ("Debits", -statement.debits_minor),
        ("Closing balance", statement.closing_minor),
    )
    return [[name, f"{decimal_text(amount, statement.currency)} {statement.currency}"] for name, amount in named]
