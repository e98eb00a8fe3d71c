"""Which reader a bank's file gets, by its content type."""

from services.transactions.domain.bank_camt import read_camt
from services.transactions.domain.bank_csv import read_csv
from services.transactions.domain.bank_line import BankFileUnreadable, BankStatement
from shared.money import exponent


def read_bank_file(raw: bytes, *, content_type: str, currency: str) -> BankStatement:
    """Read a statement: `text/csv` as CSV, anything else that the door let in as camt.053.

    :raises BankFileUnreadable: naming line and field
    :raises BankFileTooLong: if it has more than 2,000 lines
    """
    try:
        exponent(currency)
    except ValueError:
        raise BankFileUnreadable("The currency is not an ISO 4217 code.", field="currency") from None
    if not raw:
        raise BankFileUnreadable("The file is empty.")
    return read_csv(raw, currency) if content_type == "text/csv" else read_camt(raw, currency)
