"""Which request paths are looked at, at all: plain segments only.

The bank's paths consist of words and ids, so nothing ever needs an escape. Whatever two readers could read in two ways
(`%2f`, `..`, `//`, `;`, a slash at the end) is not a path of the bank, and is refused before anything looks it up.
"""

import re

_PLAIN = re.compile(rb"(?:/[A-Za-z0-9_~@:.-]{1,200}){1,12}\Z")
_DOTS = re.compile(rb"/\.{1,2}(?:/|\Z)")
LONGEST_BYTES = 1024


def plain_path(raw: bytes) -> str | None:
    """Give the path as text if every reader would read it alike, else nothing."""
    if raw == b"/":
        return "/"
    if len(raw) > LONGEST_BYTES or not _PLAIN.match(raw) or _DOTS.search(raw):
        return None
    return raw.decode("ascii")


_PLAIN_QUERY = re.compile(rb"[\x21-\x7e]*\Z")
LONGEST_QUERY_BYTES = 8 * 1024


def is_plain_query(raw: bytes) -> bool:
    """Tell whether a query string is ASCII and not over-long; what it says is the service's matter."""
    return len(raw) <= LONGEST_QUERY_BYTES and _PLAIN_QUERY.match(raw) is not None
