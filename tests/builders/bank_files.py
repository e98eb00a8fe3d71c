"""Statements of another bank, as CSV and as camt.053."""

from collections.abc import Sequence

CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def csv_file(*rows: str, header: str = "booking_date,value_date,amount,currency,reference,description") -> bytes:
    """Give a CSV file of rows that are written already."""
    return "\n".join((header, *rows, "")).encode()


def camt_entry(
    amount: str,
    *,
    direction: str = "CRDT",
    day: str = "2026-03-02",
    currency: str = "EUR",
    status: str = "<Sts><Cd>BOOK</Cd></Sts>",
    details: str = "",
) -> str:
    """Give one `Ntry`."""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{details}</Ntry>"
    )


def camt_balance(kind: str, amount: str, *, direction: str = "CRDT") -> str:
    """Give one `Bal` in EUR."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd></Bal>'
    )


def camt_file(*parts: str, version: str = "08", statements: Sequence[str] = ()) -> bytes:
    """Give a document with one statement of these parts, or with several statements."""
    inner = "".join(f"<Stmt><Id>s</Id>{one}</Stmt>" for one in (statements or ("".join(parts),)))
    head = f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{CAMT}{version}">'
    return f"{head}<BkToCstmrStmt><GrpHdr/>{inner}</BkToCstmrStmt></Document>".encode()
