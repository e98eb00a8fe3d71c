"""A statement as files for other programs: CSV without formulas, and camt.053 (ISO 20022, version 08)."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405 - writes XML, reads none

from services.transactions.domain.worksheet import formula_safe
from shared.money import exponent

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_COLUMNS = (
    "booked_at", "business_date", "value_date", "transaction_id", "type", "counterparty_name", "counterparty_number",
    "description", "amount", "currency", "balance_after",
)  # fmt: skip


def decimal_text(amount_minor: int, currency: str) -> str:
    """Write minor units with as many decimals as the currency has: 1050 EUR is 10.50, 1050 JPY is 1050."""
    places = exponent(currency)
    return str(Decimal(amount_minor).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def as_csv(statement: Any) -> str:
    """Write the rows as CSV; text that a spreadsheet would compute is led by an apostrophe."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(_COLUMNS)
    for row in statement.content["rows"]:
        values = {
            **row,
            "currency": statement.currency,
            "amount": decimal_text(row["amount_minor"], statement.currency),
            "balance_after": decimal_text(row["balance_after_minor"], statement.currency),
        }
        lines.writerow([formula_safe(values[name]) for name in _COLUMNS])
    return text.getvalue()


def as_camt(statement: Any, *, created_at: str) -> bytes:
    """Write the statement as camt.053.001.08; `created_at` is when it was made, as RFC 3339."""
    document = Element("Document", {"xmlns": NAMESPACE})
    message = SubElement(document, "BkToCstmrStmt")
    head = SubElement(message, "GrpHdr")
    _text(head, "MsgId", statement.id.replace("-", "")[:35])
    _text(head, "CreDtTm", created_at)
    stmt = SubElement(message, "Stmt")
    _text(stmt, "Id", statement.number)
    _text(stmt, "CreDtTm", created_at)
    span = SubElement(stmt, "FrToDt")
    last = statement.to_day - timedelta(days=1)
    _text(span, "FrDtTm", f"{statement.from_day.isoformat()}T00:00:00Z")
    _text(span, "ToDtTm", f"{last.isoformat()}T23:59:59Z")
    _account(stmt, statement)
    _balance(stmt, "OPBD", statement.opening_minor, statement.currency, statement.from_day)
    _balance(stmt, "CLBD", statement.closing_minor, statement.currency, last)
    for row in statement.content["rows"]:
        _entry(stmt, row, statement.currency)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(document)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _account(stmt: Element, statement: Any) -> None:
    header: Mapping[str, Any] = statement.content["header"]
    account = SubElement(stmt, "Acct")
    _text(SubElement(account, "Id"), "IBAN", header["account_number"])
    _text(account, "Ccy", statement.currency)
    if header.get("name"):
        _text(SubElement(account, "Ownr"), "Nm", str(header["name"])[:140])


def _amount(parent: Element, amount_minor: int, currency: str) -> None:
    SubElement(parent, "Amt", {"Ccy": currency}).text = decimal_text(abs(amount_minor), currency)
    _text(parent, "CdtDbtInd", "DBIT" if amount_minor < 0 else "CRDT")


def _balance(stmt: Element, kind: str, amount_minor: int, currency: str, day: date) -> None:
    balance = SubElement(stmt, "Bal")
    _text(SubElement(SubElement(balance, "Tp"), "CdOrPrtry"), "Cd", kind)
    _amount(balance, amount_minor, currency)
    _text(SubElement(balance, "Dt"), "Dt", day.isoformat())


def _entry(stmt: Element, row: Mapping[str, Any], currency: str) -> None:
    entry = SubElement(stmt, "Ntry")
    _amount(entry, row["amount_minor"], currency)
    _text(SubElement(entry, "Sts"), "Cd", "BOOK")
    _text(SubElement(entry, "BookgDt"), "Dt", row["business_date"])
    _text(SubElement(entry, "ValDt"), "Dt", row["value_date"])
    _text(entry, "AcctSvcrRef", row["transaction_id"].replace("-", "")[:35])
    _text(SubElement(SubElement(entry, "BkTxCd"), "Prtry"), "Cd", row["type"])
    details = SubElement(SubElement(entry, "NtryDtls"), "TxDtls")
    _text(SubElement(details, "Refs"), "EndToEndId", "NOTPROVIDED")
    if row["counterparty_name"]:
        parties = SubElement(details, "RltdPties")
        other = SubElement(parties, "Cdtr" if row["amount_minor"] < 0 else "Dbtr")
        _text(SubElement(other, "Pty"), "Nm", row["counterparty_name"][:140])
    if row["description"]:
        _text(SubElement(details, "RmtInf"), "Ustrd", row["description"])
