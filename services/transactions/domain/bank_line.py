"""A line of another bank's statement as we read it, and the refusals of files that cannot be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.transactions.domain.ledger_account import Direction
from shared.errors import Invalid
from shared.money import MAX_BALANCE_MINOR, exponent

MAX_LINES = 2_000
"""The longest statement that is taken at once: what is written in one short transaction."""

TEXT_CHARACTERS = 500

_AMOUNT = re.compile(r"(-?)([0-9]{1,16})(?:\.([0-9]{1,17}))?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class BankFileUnreadable(Invalid):
    """The bank's file is not what it says it is; `line` (or the entry's number) and `field` say where."""

    code = "transactions.bank-file-unreadable"
    title = "The bank's file cannot be read"
    next_step = "Correct the file at the line and field named, or export it from the bank again."


class BankFileTooLong(Invalid):
    """The statement has more lines, or the ledger more postings in its period, than are reconciled at once."""

    code = "transactions.bank-file-too-long"
    title = "The statement is too long to be reconciled at once"
    next_step = "Export the statement for a shorter period and reconcile one part after the other."


@dataclass(frozen=True, slots=True)
class BankLine:
    """One booked movement at the bank: `credit` means that money came in there. Amount in minor units, above 0.

    `line` is the line of a CSV file or the number of a camt.053 entry, from 1.
    """

    line: int
    direction: Direction
    amount_minor: int
    booking_date: date
    value_date: date
    reference: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class BankStatement:
    """What a bank's file says. Balances (minor units) where it names them; `skipped` are entries not booked yet."""

    format: str
    currency: str
    lines: tuple[BankLine, ...]
    opening_minor: int | None = None
    closing_minor: int | None = None
    skipped: int = 0


def read_minor(text: str, currency: str, *, line: int, field: str = "amount", zeros: bool = False) -> int:
    """Read a decimal with a point as minor units, exactly; `zeros` allows zeros past the currency's last decimal.

    :raises BankFileUnreadable: if it is no such number, has more decimals than the currency, or is out of range
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise unreadable("must be digits with a point before the decimals, as in -12.34", line=line, field=field)
    sign, whole, decimals = found[1], found[2], found[3] or ""
    places = exponent(currency)
    if len(decimals) > places and not (zeros and not decimals[places:].strip("0")):
        raise unreadable(f"has more decimals than {currency} ({places})", line=line, field=field)
    minor = int(whole + decimals[:places].ljust(places, "0"))
    if minor > MAX_BALANCE_MINOR:
        raise unreadable("is larger than any balance can be", line=line, field=field)
    return -minor if sign else minor


def read_day(text: str, *, line: int, field: str) -> date:
    """Read a day as YYYY-MM-DD.

    :raises BankFileUnreadable: if it is none
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # no such day; Python's message would repeat what was sent
    raise unreadable("must be a day as YYYY-MM-DD", line=line, field=field)


def read_text(text: str, *, line: int, field: str) -> str:
    """Read a text on one line, cut to 500 characters.

    :raises BankFileUnreadable: if it holds control characters
    """
    if _CONTROL.search(text):
        raise unreadable("holds control characters", line=line, field=field)
    return " ".join(text.split())[:TEXT_CHARACTERS]


def require_line_count(lines: Sequence[object]) -> None:
    """Check that a statement is neither empty nor too long.

    :raises BankFileUnreadable: if it has no line
    :raises BankFileTooLong: if it has more than 2,000
    """
    if not lines:
        raise BankFileUnreadable("The file holds no booked line.")
    if len(lines) > MAX_LINES:
        raise BankFileTooLong(f"At most {MAX_LINES} lines are taken at once.", limit=MAX_LINES)


def unreadable(why: str, *, line: int, field: str) -> BankFileUnreadable:
    """Make the refusal that names a place; what stands there is not repeated."""
    return BankFileUnreadable(f"Line {line}: {field} {why}.", line=line, field=field)
