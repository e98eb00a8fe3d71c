"""What a password must be (NIST SP 800-63B-4): long and not a known one; which characters is nobody's business."""

import unicodedata

from shared.errors import Conflict, Invalid

MIN_PASSWORD_LENGTH = 15
MAX_PASSWORD_LENGTH = 256
_FEWEST_DIFFERENT = 5

_KNOWN = frozenset(
    {
        "passwordpassword",
        "password12345678",
        "password123456789",
        "mypasswordispassword",
        "123456789012345",
        "1234567890123456",
        "123456789123456789",
        "012345678901234",
        "qwertyuiopasdfgh",
        "qwertyuiopasdfghjkl",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv",
        "1q2w3e4r5t6y7u8i",
        "abcdefghijklmno",
        "abcdefghijklmnop",
        "abcdefghijklmnopqrstuvwxyz",
        "correcthorsebatterystaple",
        "correct horse battery staple",
        "iloveyouiloveyou",
        "letmeinletmeinletmein",
        "welcometostrongroom",
        "strongroomstrongroom",
        "administrator123",
        "changemechangeme",
    }
)


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


def check_new_password(*, password: str, email: str) -> str:
    """Check a password somebody wants to have, and give it in the form that is hashed.

    :raises PasswordTooShort: under 15 characters
    :raises PasswordTooLong: over 256 characters
    :raises PasswordTooCommon: if it is among the first that anybody would try
    """
    if len(password) > MAX_PASSWORD_LENGTH:
        raise PasswordTooLong("Passwords have at most 256 characters.", max_length=MAX_PASSWORD_LENGTH)
    plain = normalise_password(password)
    if len(plain) < MIN_PASSWORD_LENGTH:
        raise PasswordTooShort("Passwords have at least 15 characters.", min_length=MIN_PASSWORD_LENGTH)
    folded = plain.casefold()
    if folded in _KNOWN or len(set(folded)) < _FEWEST_DIFFERENT or folded == email.casefold():
        raise PasswordTooCommon("This password is one of the first that would be tried; choose another.")
    return plain
