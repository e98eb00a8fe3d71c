"""How well a name that a payer typed fits the name of an account's owner."""

import unicodedata
from typing import Literal, NamedTuple

MatchResult = Literal["match", "close", "none", "unavailable"]
_CLOSE_PERCENT = 80


class NameMatch(NamedTuple):
    """The answer to a look-up; `suggestion` is the owner's name, given only for a close match."""

    result: MatchResult
    suggestion: str | None = None


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(sorted("".join(letters).split()))


def match_name(*, asked: str, owners: list[str]) -> NameMatch:
    """Compare a typed name with the owners' names; order of words, case and accents do not count."""
    from rapidfuzz.fuzz import ratio  # loaded on first use

    typed = _plain(asked)
    if not typed:
        return NameMatch("none")
    best_percent, best_name = 0, ""
    for owner in owners:
        known = _plain(owner)
        if known == typed:
            return NameMatch("match")
        percent = int(ratio(typed, known))
        if percent > best_percent:
            best_percent, best_name = percent, owner
    if best_percent >= _CLOSE_PERCENT:
        return NameMatch("close", best_name)
    return NameMatch("none")
