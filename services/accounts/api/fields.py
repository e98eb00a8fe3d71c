"""The kinds of text that requests hold."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _plain(text: str) -> str:
    """Give one line in its composed form, without spaces around it."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        raise ValueError("must not be blank")
    if any(unicodedata.category(c) in _UNSEEN or c in _TURNING for c in text):
        raise ValueError("must not hold control characters")
    return text


PersonName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_plain)]
"""A first or last name."""

OneLine = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
"""A line of plain text."""

Nickname = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_plain)]
"""What a customer calls an account."""

Note = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_plain)]
"""Why somebody changed something."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""The id of a product, a branch or a customer: small letters, digits and hyphens."""
