"""What a password must be (NIST SP 800-63B-4): long and not a known one; which characters is nobody's business."""

import re
import unicodedata
from collections.abc import Collection

from services.identity.domain.known_passwords import KNOWN, KNOWN_RUNS, is_one_thing_repeated, is_run, plain_form
from shared.errors import Conflict, Invalid

MIN_PASSWORD_LENGTH = 15
MAX_PASSWORD_LENGTH = 256
MIN_WITH_FACTOR = 8
"""Enough where a second factor is asked as well."""
_FEWEST_DIFFERENT = 5
_FEWEST_OWN = 5
"""So many characters must be left of a password when the words about its owner and the bank are taken out."""
_OUR_WORDS = ("strongroom", "bank")
_SHORTEST_WORD = 3


class PasswordTooShort(Invalid):
    """Fewer characters than a password alone needs."""

    code = "identity.password-too-short"
    title = "Password too short"
    next_step = "Choose a longer password; a few words in a row are good."


class PasswordTooLong(Invalid):
    """More characters than are read."""

    code = "identity.password-too-long"
    title = "Password too long"
    next_step = "Choose a shorter password."


class PasswordTooCommon(Invalid):
    """On the list of those that are tried first, one key over and over, or the address itself."""

    code = "identity.password-too-common"
    title = "Password too common"
    next_step = "Choose a password that nobody would guess; a few words in a row are good."


class PasswordUnchanged(Conflict):
    """The new password is the old one."""

    code = "identity.password-unchanged"
    title = "Password unchanged"
    next_step = "Choose a password that differs from the present one."


class WrongPassword(Invalid):
    """The current password, asked for again, is not this one."""

    code = "identity.wrong-password"
    title = "Wrong password"
    next_step = "Enter your present password again."


def normalise_password(password: str) -> str:
    """Give the form that is hashed: the same characters typed on another keyboard are the same password (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def is_short(password: str) -> bool:
    """Tell whether a password (in its hashed form) holds only together with a second factor."""
    return len(password) < MIN_PASSWORD_LENGTH


def check_new_password(*, password: str, email: str, names: Collection[str] = (), with_factor: bool = False) -> str:
    """Check a password somebody wants to have, and give it in the form that is hashed.

    `names` are words that anybody would try for this person; `with_factor` says that a second one is asked as well.

    :raises PasswordTooShort: under 15 characters, or under 8 together with a second factor
    :raises PasswordTooLong: over 256 characters
    :raises PasswordTooCommon: if it is among the first that anybody would try, for anybody or for this person
    """
    if len(password) > MAX_PASSWORD_LENGTH:
        raise PasswordTooLong("Passwords have at most 256 characters.", max_length=MAX_PASSWORD_LENGTH)
    plain = normalise_password(password)
    shortest = MIN_WITH_FACTOR if with_factor else MIN_PASSWORD_LENGTH
    if len(plain) < shortest:
        raise PasswordTooShort(f"Passwords have at least {shortest} characters.", min_length=shortest)
    if _is_known(plain.casefold()) or _is_about(plain.casefold(), email=email, names=names):
        raise PasswordTooCommon("This password is one of the first that would be tried; choose another.")
    return plain


def _is_known(folded: str) -> bool:
    plain = plain_form(folded)
    nothing_new = len(set(folded)) < _FEWEST_DIFFERENT or is_one_thing_repeated(folded) or is_run(folded)
    return nothing_new or plain in KNOWN or folded in KNOWN_RUNS or (not plain and not _is_long_number(folded))


def _is_long_number(folded: str) -> bool:
    return len(folded) >= MIN_PASSWORD_LENGTH


def _is_about(folded: str, *, email: str, names: Collection[str]) -> bool:
    """Tell whether little is left without the words about the owner, the address and the bank."""
    texts = (email, *names, *_OUR_WORDS)
    words = {word for text in texts for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= _SHORTEST_WORD}
    rest = folded.replace(email.casefold(), "")
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != folded and sum(sign.isalpha() for sign in rest) < _FEWEST_OWN
