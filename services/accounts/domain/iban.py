"""The bank's own account numbers: IBANs under one fictitious German bank code.

A counter row gives the order; a one-to-one scramble of it gives the digits, so that a number does not
tell how many accounts there are, nor what the next one will be called.
"""

import re

from shared.errors import Invalid

COUNTRY = "DE"
BANK_CODE = "99912345"  # no bank has it: German codes begin with 1 to 8
_SPACE = 10**10
_STEP = 7_236_067_977  # shares no factor with 10^10, so every counter gets digits of its own
_START = 3_141_592_653


class BadAccountNumber(Invalid):
    """The number is no IBAN: a digit is wrong, missing or too many."""

    code = "accounts.bad-account-number"
    title = "The account number is not valid"
    next_step = "Compare the account number with the original; its check digits do not fit."


def account_number_of(*, counter: int) -> str:
    """Give the IBAN of the so-manieth account, without spaces and with valid check digits.

    :raises ValueError: if the counter is outside 1 … 10^10
    """
    if not 1 <= counter <= _SPACE:
        raise ValueError("The account counter is outside its range.")
    digits = (_START + counter * _STEP) % _SPACE
    body = f"{BANK_CODE}{digits:010d}"
    return f"{COUNTRY}{_check_digits(body)}{body}"


def _check_digits(body: str) -> str:
    """Give the ISO 7064 mod 97-10 check digits of a purely numeric German account."""
    return f"{98 - int(f'{body}131400') % 97:02d}"


def read_account_number(text: str) -> str:
    """Read an IBAN as people write it (spaces, small letters) and give it without spaces.

    :raises BadAccountNumber: if it is no valid IBAN
    """
    from schwifty import IBAN  # loaded on first use: its registry costs start-up time
    from schwifty.exceptions import SchwiftyException

    compact = re.sub(r"\s", "", text).upper()
    if not compact.isascii():
        raise BadAccountNumber
    try:
        return str(IBAN(compact).compact)
    except SchwiftyException:
        raise BadAccountNumber from None


def is_ours(account_number: str) -> bool:
    """Tell whether an IBAN without spaces lies under this bank's code."""
    return account_number.startswith(COUNTRY) and account_number[4:12] == BANK_CODE
