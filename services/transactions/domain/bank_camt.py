"""Bank statements as camt.053 (ISO 20022 bank-to-customer statement), versions 001.02 to 001.13.

Only booked entries count; pending and informational ones are skipped and counted, and so are entries of 0.
A DTD, an entity or another root is refused. Where a statement names its balances, they must add up.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

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
from services.transactions.domain.ledger_account import Direction

_NAMESPACE = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(0[2-9]|1[0-3]))\}Document")
_DIRECTIONS: dict[str, Direction] = {"CRDT": "credit", "DBIT": "debit"}
_NOT_BOOKED = ("PDNG", "INFO", "FUTR")
_REFERENCES = ("NtryRef", "AcctSvcrRef", "EndToEndId", "InstrId", "TxId")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


def read_camt(raw: bytes, currency: str) -> BankStatement:
    """Read a camt.053 document in one currency; several statements in it count as one.

    :raises BankFileUnreadable: naming the entry (by its number in the document) and the element
    :raises BankFileTooLong: if it has more than 2,000 booked entries
    """
    root = _root(raw)
    found = _NAMESPACE.fullmatch(root.tag)
    if found is None:
        raise BankFileUnreadable("The document is no camt.053 of the versions 001.02 to 001.13.", field="Document")
    reader = _Reader(found[1], currency)
    statements = list(reader.all(root, "BkToCstmrStmt", "Stmt"))
    if not statements:
        raise BankFileUnreadable("The document holds no statement.", field="Stmt")
    for statement in statements:
        reader.read(statement)
    require_line_count(reader.lines)
    known = len(statements) == 1
    return BankStatement(
        format=f"camt.053.001.{found[2]}",
        currency=currency,
        lines=tuple(reader.lines),
        opening_minor=reader.opening if known else None,
        closing_minor=reader.closing if known else None,
        skipped=reader.skipped,
    )


def _root(raw: bytes) -> Element:
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except ParseError as wrong:
        line = wrong.position[0]
        raise BankFileUnreadable(f"Line {line}: the file is no well-formed XML.", line=line) from None
    except (DefusedXmlException, LookupError, ValueError):
        raise BankFileUnreadable("The file has a DTD, entities or an encoding that is not read.") from None
    return root


class _Reader:
    """Reads the statements of one document; entries are numbered from 1 over all of them."""

    def __init__(self, namespace: str, currency: str) -> None:
        self._namespace = namespace
        self._currency = currency
        self._number = 0
        self.lines: list[BankLine] = []
        self.skipped = 0
        self.opening: int | None = None
        self.closing: int | None = None

    def all(self, start: Element, *path: str) -> Iterator[Element]:
        """Give the elements at a path below another one."""
        return start.iterfind("/".join(f"{{{self._namespace}}}{name}" for name in path))

    def text(self, start: Element, *path: str) -> str:
        """Give the text of the first element at a path, empty if there is none."""
        found = next(self.all(start, *path), None)
        return (found.text or "").strip() if found is not None else ""

    def read(self, statement: Element) -> None:
        """Read the balances and the entries of one statement.

        :raises BankFileUnreadable: if an entry cannot be read, or the balances do not add up
        """
        before = len(self.lines)
        for entry in self.all(statement, "Ntry"):
            self._number += 1
            self._entry(entry)
        self.opening, self.closing = self._balance(statement, _OPENING), self._balance(statement, _CLOSING)
        moved = sum(one.amount_minor if one.direction == "credit" else -one.amount_minor for one in self.lines[before:])
        if self.opening is not None and self.closing is not None and self.opening + moved != self.closing:
            raise BankFileUnreadable(
                "The opening balance and the booked entries do not make the closing balance.",
                field="Bal",
                opening_minor=self.opening,
                moved_minor=moved,
                closing_minor=self.closing,
            )

    def _entry(self, entry: Element) -> None:
        number = self._number
        status = self.text(entry, "Sts") or self.text(entry, "Sts", "Cd")
        if status in _NOT_BOOKED:
            self.skipped += 1
            return
        if status != "BOOK":
            raise unreadable("must be BOOK, PDNG, INFO or FUTR", line=number, field="Sts")
        amount = self._amount(entry)
        direction = self._direction(entry)
        booked, valued = self._day(entry, "BookgDt"), self._day(entry, "ValDt")
        day = booked or valued
        if day is None:
            raise unreadable("is missing, and so is ValDt", line=number, field="BookgDt")
        if amount == 0:
            self.skipped += 1
            return
        self.lines.append(
            BankLine(
                line=number,
                direction=direction,
                amount_minor=amount,
                booking_date=day,
                value_date=valued or day,
                reference=self._texts(entry, "reference", _REFERENCES),
                description=self._texts(entry, "description", ("Ustrd", "AddtlTxInf", "AddtlNtryInf")),
            )
        )

    def _amount(self, parent: Element) -> int:
        found = next(self.all(parent, "Amt"), None)
        if found is None:
            raise unreadable("is missing", line=self._number, field="Amt")
        if found.get("Ccy") != self._currency:
            raise unreadable(f"must be in {self._currency}, as the account", line=self._number, field="Amt")
        amount = read_minor(found.text or "", self._currency, line=self._number, field="Amt", zeros=True)
        if amount < 0:
            raise unreadable("must not be negative", line=self._number, field="Amt")
        return amount

    def _direction(self, parent: Element) -> Direction:
        direction = _DIRECTIONS.get(self.text(parent, "CdtDbtInd"))
        if direction is None:
            raise unreadable("must be CRDT or DBIT", line=self._number, field="CdtDbtInd")
        return direction

    def _day(self, entry: Element, name: str) -> date | None:
        day, moment = self.text(entry, name, "Dt"), self.text(entry, name, "DtTm")
        if not day and not moment:
            return None
        # A moment's own day is the bank's day; a day may carry a zone in XML, which does not move it.
        return read_day((day or moment)[:10], line=self._number, field=name)

    def _texts(self, entry: Element, field: str, names: tuple[str, ...]) -> str:
        wanted = {f"{{{self._namespace}}}{name}" for name in names}
        found: dict[str, Any] = {}
        for element in entry.iter():
            if element.tag in wanted and element.text and element.text.strip() != "NOTPROVIDED":
                found[element.text.strip()] = None
        return read_text(" ".join(found), line=self._number, field=field)

    def _balance(self, statement: Element, kinds: tuple[str, ...]) -> int | None:
        for kind in kinds:
            for balance in self.all(statement, "Bal"):
                if self.text(balance, "Tp", "CdOrPrtry", "Cd") == kind:
                    amount = self._amount(balance)
                    return amount if self._direction(balance) == "credit" else -amount
        return None
