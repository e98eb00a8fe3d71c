"""Tables that people open in other programs: nothing in them may be taken for a formula."""

import re

from shared.errors import NotFound


class NoSuchPosting(NotFound):
    """No interest was posted for this period and kind."""

    code = "transactions.no-such-posting"
    title = "No interest was posted for this period"
    next_step = "Choose one of the postings that GET /api/v1/interest/{account_id}/postings lists."


_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")


def formula_safe(value: object) -> str:
    """Write a cell of a CSV: text that a spreadsheet would compute is led by an apostrophe; numbers stay as they are.

    Source: OWASP, CSV Injection: = + - @, tab and carriage return begin a formula.
    """
    text = "" if value is None else str(value)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
