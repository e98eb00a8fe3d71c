"""Bank statements as CSV: UTF-8, one header line, columns by name, separated by commas or semicolons.

Needed: `booking_date` (YYYY-MM-DD), `amount` (a point before the decimals; negative: money left the bank account),
`currency`. Optional: `value_date`, `reference`, `description`. No other column, no thousands separators.
"""

import csv
import io

from services.transactions.domain.bank_line import (
    BankFileUnreadable,
    BankLine,
    BankStatement,
    read_day,
    read_minor,
    read_text,
    require_line_count,
    unreadable,
)

NEEDED = ("booking_date", "amount", "currency")
OPTIONAL = ("value_date", "reference", "description")


def read_csv(raw: bytes, currency: str) -> BankStatement:
    """Read a CSV statement in one currency.

    :raises BankFileUnreadable: naming line and field
    :raises BankFileTooLong: if it has more than 2,000 lines
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise BankFileUnreadable(f"Line {line}: the file is not UTF-8.", line=line) from None
    header, _, _ = text.partition("\n")
    separator = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[BankLine] = []
    try:
        columns = _columns(next(rows, []))
        lines.extend(_line(rows.line_num, columns, row, currency) for row in rows if row)
    except csv.Error:
        raise BankFileUnreadable(f"Line {rows.line_num}: quotes do not fit.", line=rows.line_num) from None
    require_line_count(lines)
    return BankStatement(format="csv", currency=currency, lines=tuple(lines))


def _columns(header: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in header]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BankFileUnreadable(f"Line 1: the column {missing[0]} is missing.", line=1, field=missing[0])
    for place, name in enumerate(columns, 1):
        if name not in (*NEEDED, *OPTIONAL):
            raise BankFileUnreadable(f"Line 1: column {place} has a name that is not known.", line=1, column=place)
    if len(set(columns)) != len(columns):
        raise BankFileUnreadable("Line 1: a column stands there twice.", line=1)
    return columns


def _line(number: int, columns: list[str], row: list[str], currency: str) -> BankLine:
    if len(row) != len(columns):
        raise BankFileUnreadable(
            f"Line {number}: {len(columns)} fields are needed, {len(row)} are there.", line=number, fields=len(row)
        )
    named = dict(zip(columns, row, strict=True))
    if named["currency"].strip() != currency:
        raise unreadable(f"must be {currency}, as the account that is reconciled", line=number, field="currency")
    amount = read_minor(named["amount"], currency, line=number)
    if amount == 0:
        raise unreadable("must not be 0", line=number, field="amount")
    booked = read_day(named["booking_date"].strip(), line=number, field="booking_date")
    valued = named.get("value_date", "").strip()
    return BankLine(
        line=number,
        direction="credit" if amount > 0 else "debit",
        amount_minor=abs(amount),
        booking_date=booked,
        value_date=read_day(valued, line=number, field="value_date") if valued else booked,
        reference=read_text(named.get("reference", ""), line=number, field="reference"),
        description=read_text(named.get("description", ""), line=number, field="description"),
    )
